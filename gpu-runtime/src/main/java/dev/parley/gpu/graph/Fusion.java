package dev.parley.gpu.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Patterns of nodes that one operator does as well. */
final class Fusion {

  private Fusion() {}

  static List<Node> apply(List<Node> nodes, Map<String, Tensor> constants) {
    Map<String, Node> makers = new HashMap<>();
    for (Node node : nodes) {
      for (String output : node.outputs()) {
        makers.put(output, node);
      }
    }
    List<Node> fused = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      fused.add(leaky(node, makers, constants));
    }
    return fused;
  }

  /** Where(x > 0, x, slope * x) is PRelu(x, slope). */
  private static Node leaky(Node node, Map<String, Node> makers, Map<String, Tensor> constants) {
    if (!node.op().equals("Where") || node.inputs().size() != 3) {
      return node;
    }
    Node greater = makers.get(node.inputs().get(0));
    Node product = makers.get(node.inputs().get(2));
    String x = node.inputs().get(1);
    if (greater == null
        || product == null
        || !greater.op().equals("Greater")
        || !product.op().equals("Mul")
        || !greater.inputs().get(0).equals(x)
        || !zero(constants.get(greater.inputs().get(1)))
        || !product.inputs().contains(x)) {
      return node;
    }
    String slope = product.inputs().get(product.inputs().get(0).equals(x) ? 1 : 0);
    return constants.containsKey(slope)
        ? new Node("PRelu", List.of(x, slope), node.outputs(), Map.of())
        : node;
  }

  private static boolean zero(@org.jspecify.annotations.Nullable Tensor tensor) {
    return tensor != null
        && tensor.floats() != null
        && tensor.floats().length == 1
        && tensor.floats()[0] == 0;
  }
}
