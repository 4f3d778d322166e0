package dev.parley.gpu.denoise;

import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.device.Shapes;
import dev.parley.gpu.onnxfile.Graph;
import dev.parley.gpu.onnxfile.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one network with explicit state from DeepFilterNet3's three published ones, which forget
 * everything between calls. Encoder and both decoders become one graph for any number of frames;
 * each recurrent layer's state goes in as {@code hN} and comes out as {@code hN_next}; the frames
 * that the convolutions look back on come from the caller instead of from padding.
 */
final class DeepFilterGraph {

  /** Earlier feature frames that the first convolutions see. */
  static final int FEATURE_PAST = 2;

  /** Earlier frames of {@code c0} that the filter decoder's convolution sees. */
  static final int C0_PAST = 4;

  /** Recurrent layers, with 256 values of state each. */
  static final int LAYERS = 5;

  static final int STATE = 256;
  static final int C0_CHANNELS = 64;

  // What the three graphs call the values that they hand on to each other, or to the caller.
  private static final Set<String> COMMON =
      Set.of("feat_erb", "feat_spec", "e0", "e1", "e2", "e3", "emb", "c0", "m", "coefs");

  private final Graph graph;
  private int layers;

  private DeepFilterGraph(long operators) {
    graph = Graph.empty(operators);
  }

  /** The joined network's ONNX file. */
  static byte[] join(byte[] enc, byte[] erbDec, byte[] dfDec) {
    Graph encoder = read("enc", enc);
    DeepFilterGraph joined = new DeepFilterGraph(encoder.operators());
    joined.add("enc", encoder, 1, 2);
    joined.add("erb_dec", read("erb_dec", erbDec), 2, 0);
    joined.add("df_dec", read("df_dec", dfDec), 2, 1);
    return joined.write();
  }

  private static Graph read(String name, byte[] onnx) {
    try {
      return Graph.read(onnx);
    } catch (IllegalArgumentException e) {
      throw new ModelFailedException("model deepfilternet3: " + name + ".onnx: " + e.getMessage());
    }
  }

  private void add(String part, Graph published, int recurrent, int padded) {
    int before = graph.nodes().size();
    graph.addAll(published, name -> rename(part, name));
    List<Node> added = graph.nodes().subList(before, graph.nodes().size());
    expect(part, "GRU", recurrent, added);
    expect(part, "Pad", padded, added);
    Map<String, String> unpadded = new HashMap<>();
    List<Node> edited = new ArrayList<>();
    for (Node node : added) {
      switch (node.kind()) {
        case "Pad" -> unpadded.put(node.outputs().getFirst(), withPast(node, edited));
        case "GRU" -> edited.add(withState(node));
        default -> edited.add(node.renamed(name -> unpadded.getOrDefault(name, name)));
      }
    }
    added.clear();
    graph.nodes().addAll(edited);
  }

  private static String rename(String part, String name) {
    return name.isEmpty() || COMMON.contains(name) ? name : part + ":" + name;
  }

  private static void expect(String part, String kind, int count, List<Node> nodes) {
    long found = nodes.stream().filter(node -> node.kind().equals(kind)).count();
    if (found != count) {
      throw new ModelFailedException(
          "model deepfilternet3: %s.onnx has %d operations %s (expected: %d, as in the published file)"
              .formatted(part, found, kind, count));
    }
  }

  /**
   * What takes the place of a signal with zeros before it: the same with its own past before it.
   */
  private static String withPast(Node pad, List<Node> edited) {
    String padded = pad.inputs().getFirst();
    if (!padded.equals("c0")) {
      return padded;
    }
    edited.add(
        new Node(
            "Concat",
            List.of("c0_past", "c0"),
            List.of("c0_all"),
            List.of(Graph.attribute("axis", 2))));
    edited.add(
        new Node(
            "Slice",
            List.of("c0_all", "c0_start", "c0_end", "c0_axis"),
            List.of("c0_next"),
            List.of()));
    return "c0_all";
  }

  private Node withState(Node gru) {
    String state = "h" + layers++;
    List<String> inputs = new ArrayList<>(gru.inputs());
    inputs.set(5, state);
    List<String> outputs = new ArrayList<>(gru.outputs());
    outputs.set(1, state + "_next");
    return new Node(gru.kind(), inputs, outputs, gru.attributes());
  }

  private byte[] write() {
    graph.constant("c0_start", -C0_PAST);
    graph.constant("c0_end", Long.MAX_VALUE);
    graph.constant("c0_axis", 2);
    graph.input("feat_erb", 1, 1, "frames_and_past", DeepFilterFeatures.BANDS);
    graph.input("feat_spec", 1, 2, "frames_and_past", DeepFilterFeatures.FILTERED);
    graph.input("c0_past", 1, C0_CHANNELS, C0_PAST, DeepFilterFeatures.FILTERED);
    graph.output("m", 1, 1, "frames", DeepFilterFeatures.BANDS);
    graph.output("coefs", 1, "frames", DeepFilterFeatures.FILTERED, 2 * DeepFilterFeatures.TAPS);
    graph.output("c0_next", 1, C0_CHANNELS, C0_PAST, DeepFilterFeatures.FILTERED);
    for (int layer = 0; layer < LAYERS; layer++) {
      graph.input("h" + layer, 1, 1, STATE);
      graph.output("h" + layer + "_next", 1, 1, STATE);
    }
    return graph.write();
  }

  /** The shapes of a call with some frames. */
  static Shapes shapes(int frames) {
    int bands = DeepFilterFeatures.BANDS;
    int filtered = DeepFilterFeatures.FILTERED;
    Shapes shapes =
        new Shapes()
            .in("feat_erb", 1, 1, frames + FEATURE_PAST, bands)
            .in("feat_spec", 1, 2, frames + FEATURE_PAST, filtered)
            .in("c0_past", 1, C0_CHANNELS, C0_PAST, filtered)
            .out("m", 1, 1, frames, bands)
            .out("coefs", 1, frames, filtered, 2 * DeepFilterFeatures.TAPS)
            .out("c0_next", 1, C0_CHANNELS, C0_PAST, filtered);
    for (int layer = 0; layer < LAYERS; layer++) {
      shapes.in("h" + layer, 1, 1, STATE).out("h" + layer + "_next", 1, 1, STATE);
    }
    return shapes;
  }
}
