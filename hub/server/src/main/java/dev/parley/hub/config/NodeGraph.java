package dev.parley.hub.config;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Measures what a walk over composed nodes would meet, visiting each node once. */
final class NodeGraph {

  /** What makes a graph unfit to be walked. */
  sealed interface Fault {
    record None() implements Fault {}

    record Loop(int line) implements Fault {}

    record TooLarge(int line) implements Fault {}
  }

  private record Measure(int depth, long nodes) {}

  /** Unlike any finished measure, which counts the node itself. */
  private static final Measure UNDERWAY = new Measure(0, 0);

  private final IdentityHashMap<Node, Measure> measured = new IdentityHashMap<>();
  private final int depthMax;
  private final long nodesMax;
  private Fault fault = new Fault.None();

  private NodeGraph(int depthMax, long nodesMax) {
    this.depthMax = depthMax;
    this.nodesMax = nodesMax;
  }

  static Fault check(Node root, int depthMax, long nodesMax) {
    NodeGraph graph = new NodeGraph(depthMax, nodesMax);
    graph.measure(root);
    return graph.fault;
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  // An anchor precedes its aliases, so in file order an alias finds its target measured or
  // underway: the recursion goes no deeper than the text nests.
  private Measure measure(Node node) {
    Measure known = measured.putIfAbsent(node, UNDERWAY);
    if (known != null) {
      if (known.equals(UNDERWAY)) {
        fault = new Fault.Loop(line(node));
      }
      return known;
    }
    int depth = 0;
    long nodes = 1;
    for (Node child : children(node)) {
      Measure below = measure(child);
      depth = Math.max(depth, below.depth() + 1);
      nodes = Math.min(nodes + below.nodes(), nodesMax + 1);
    }
    if (fault instanceof Fault.None && (depth > depthMax || nodes > nodesMax)) {
      fault = new Fault.TooLarge(line(node));
    }
    Measure result = new Measure(depth, nodes);
    measured.put(node, result);
    return result;
  }

  private static List<Node> children(Node node) {
    return switch (node) {
      case MappingNode map ->
          map.getValue().stream()
              .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
              .toList();
      case SequenceNode list -> list.getValue();
      case ScalarNode _ -> List.of();
      default -> List.of();
    };
  }
}
