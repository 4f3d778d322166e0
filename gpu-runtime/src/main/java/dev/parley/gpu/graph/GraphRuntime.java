package dev.parley.gpu.graph;

import dev.parley.gpu.device.Device;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.device.ModelRuntime;
import dev.parley.gpu.device.RuntimeStatus;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Networks on this processor without a library: for those of many tiny nodes, which a general
 * runtime takes several times as long for. Knows a part of ONNX in float32 and refuses a file that
 * needs more when it is loaded, by the name of the operator; another runtime may serve then.
 * Thread-safe; a run uses the thread that asks for it, and allocates nothing.
 */
public final class GraphRuntime implements ModelRuntime {

  private final List<GraphModel> models = new CopyOnWriteArrayList<>();

  @Override
  public Model load(String name, byte[] onnx) {
    Graph graph;
    try {
      graph = OnnxFile.read(onnx);
      known(graph);
    } catch (Malformed e) {
      throw new ModelFailedException("model " + name + " cannot be loaded: " + e.getMessage(), e);
    }
    GraphModel model = new GraphModel(name, onnx.length, graph, this);
    models.add(model);
    return model;
  }

  private static void known(Graph graph) {
    Set<String> unknown = new TreeSet<>();
    List<Node> fused = Fusion.apply(graph.nodes(), graph.constants());
    for (Node node : Planner.needed(fused, graph.outputs())) {
      if (!Operators.knows(node.op())) {
        unknown.add(node.op());
      }
    }
    if (!unknown.isEmpty()) {
      throw new Malformed(
          "it needs operators that are not known here: " + String.join(", ", unknown));
    }
  }

  void closed(GraphModel model) {
    models.remove(model);
  }

  @Override
  public RuntimeStatus status() {
    return new RuntimeStatus(
        "Parley graph", Device.CPU, "", models.stream().map(GraphModel::loaded).toList());
  }

  @Override
  public void close() {
    models.clear();
  }
}
