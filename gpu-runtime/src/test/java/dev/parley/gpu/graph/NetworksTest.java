package dev.parley.gpu.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gpu.Shared;
import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelRuntime;
import dev.parley.gpu.device.Shapes;
import dev.parley.gpu.onnx.OnnxRuntime;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole networks, step after step with their own state, on this executor and on ONNX Runtime. */
class NetworksTest {

  /** A file, its shapes, and which output becomes which input of the next step. */
  record Network(String file, Shapes shapes, Map<String, String> carried) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Network> networks() {
    return Stream.of(
        new Network(
            "gtcrn/gtcrn_simple.onnx",
            new Shapes()
                .in("mix", 1, 257, 1, 2)
                .in("conv_cache", 2, 1, 16, 16, 33)
                .in("tra_cache", 2, 3, 1, 1, 16)
                .in("inter_cache", 2, 1, 33, 16)
                .out("enh", 1, 257, 1, 2)
                .out("conv_cache_out", 2, 1, 16, 16, 33)
                .out("tra_cache_out", 2, 3, 1, 1, 16)
                .out("inter_cache_out", 2, 1, 33, 16),
            carried("conv_cache", "tra_cache", "inter_cache")),
        new Network(
            "ul-unas/ulunas_stream_simple.onnx",
            new Shapes()
                .in("mix", 1, 257, 1, 2)
                .in("conv_cache", 1, 5358)
                .in("tfa_cache", 1, 402)
                .in("inter_cache", 1, 1056)
                .out("enh", 1, 257, 1, 2)
                .out("conv_cache_out", 1, 5358)
                .out("tfa_cache_out", 1, 402)
                .out("inter_cache_out", 1, 1056),
            carried("conv_cache", "tfa_cache", "inter_cache")),
        new Network(
            "dtln/model_1.onnx",
            new Shapes()
                .in("input_2", 1, 1, 257)
                .in("input_3", 1, 2, 128, 2)
                .out("activation_2", 1, 1, 257)
                .out("tf_op_layer_stack_2", 1, 2, 128, 2),
            Map.of("tf_op_layer_stack_2", "input_3")),
        new Network(
            "dtln/model_2.onnx",
            new Shapes()
                .in("input_4", 1, 1, 512)
                .in("input_5", 1, 2, 128, 2)
                .out("conv1d_3", 1, 1, 512)
                .out("tf_op_layer_stack_5", 1, 2, 128, 2),
            Map.of("tf_op_layer_stack_5", "input_5")),
        new Network(
            "deepfilternet3/streaming/enc_conv_streaming.onnx",
            new Shapes()
                .in("feat_erb", 1, 1, 3, 32)
                .in("feat_spec", 1, 2, 3, 96)
                .out("e0", 1, 64, 1, 32)
                .out("e1", 1, 64, 1, 16)
                .out("e2", 1, 64, 1, 8)
                .out("e3", 1, 64, 1, 8)
                .out("c0", 1, 64, 1, 96)
                .out("emb", 1, 1, 256),
            Map.of()),
        new Network(
            "deepfilternet3/streaming/enc_gru_streaming.onnx",
            new Shapes()
                .in("emb", 1, 1, 256)
                .in("h0", 1, 1, 256)
                .out("emb_out", 1, 1, 512)
                .out("lsnr", 1, 1, 1)
                .out("h1", 1, 1, 256),
            Map.of("h1", "h0")),
        new Network(
            "deepfilternet3/streaming/erb_dec_streaming.onnx",
            new Shapes()
                .in("emb", 1, 1, 512)
                .in("e3", 1, 64, 1, 8)
                .in("e2", 1, 64, 1, 8)
                .in("e1", 1, 64, 1, 16)
                .in("e0", 1, 64, 1, 32)
                .in("erb_h0", 2, 1, 256)
                .out("m", 1, 1, 1, 32)
                .out("erb_h1", 2, 1, 256),
            Map.of("erb_h1", "erb_h0")),
        new Network(
            "deepfilternet3/streaming/df_dec_streaming.onnx",
            new Shapes()
                .in("emb", 1, 1, 512)
                .in("c0", 1, 64, 5, 96)
                .in("df_h0", 2, 1, 256)
                .out("coefs", 1, 5, 96, 10)
                .out("df_h1", 2, 1, 256),
            Map.of("df_h1", "df_h0")),
        new Network(
            "deepfilternet3/batch/enc.onnx",
            new Shapes()
                .in("feat_erb", 1, 1, 6, 32)
                .in("feat_spec", 1, 2, 6, 96)
                .out("e0", 1, 64, 6, 32)
                .out("e3", 1, 64, 6, 8)
                .out("emb", 1, 6, 512)
                .out("c0", 1, 64, 6, 96)
                .out("lsnr", 1, 6, 1),
            Map.of()),
        new Network(
            "deepfilternet3/batch/erb_dec.onnx",
            new Shapes()
                .in("emb", 1, 6, 512)
                .in("e3", 1, 64, 6, 8)
                .in("e2", 1, 64, 6, 8)
                .in("e1", 1, 64, 6, 16)
                .in("e0", 1, 64, 6, 32)
                .out("m", 1, 1, 6, 32),
            Map.of()),
        new Network(
            "deepfilternet3/batch/df_dec.onnx",
            new Shapes().in("emb", 1, 6, 512).in("c0", 1, 64, 6, 96).out("coefs", 1, 6, 96, 10),
            Map.of()),
        new Network(
            "fireredvad/fireredvad_stream_vad_with_cache.onnx",
            new Shapes()
                .in("feat", 1, 1, 80)
                .in("caches_in", 8, 1, 128, 19)
                .out("probs", 1, 1, 1)
                .out("caches_out", 8, 1, 128, 19),
            Map.of("caches_out", "caches_in")),
        new Network(
            "fireredvad/fireredvad_vad.onnx",
            new Shapes().in("feat", 1, 50, 80).out("probs", 1, 50, 1),
            Map.of()));
  }

  private static Map<String, String> carried(String... names) {
    Map<String, String> carried = new LinkedHashMap<>();
    for (String name : names) {
      carried.put(name + "_out", name);
    }
    return carried;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void answersAsOnnxRuntimeDoes(Network network) {
    byte[] file = Shared.model(network.file());
    try (ModelRuntime theirs =
            new OnnxRuntime(new DeviceSettings(DeviceSettings.Wish.CPU, 0, 0), _ -> {});
        ModelRuntime ours = new GraphRuntime();
        Model reference = theirs.load("reference", file);
        Model model = ours.load("model", file);
        Binding wanted = reference.bind(network.shapes());
        Binding found = model.bind(network.shapes())) {
      Random random = new Random(7);
      for (int step = 0; step < 4; step++) {
        for (String name : network.shapes().inputs().keySet()) {
          if (step > 0 && network.carried().containsValue(name)) {
            continue;
          }
          FloatBuffer one = wanted.input(name);
          for (int i = 0; i < one.capacity(); i++) {
            float value = (float) random.nextGaussian();
            one.put(i, value);
            found.input(name).put(i, value);
          }
        }
        wanted.run();
        found.run();
        for (String name : network.shapes().outputs().keySet()) {
          assertThat(differenceDb(wanted.output(name), found.output(name)))
              .describedAs(name + " of step " + step)
              .isGreaterThan(90);
        }
        network
            .carried()
            .forEach((output, input) -> {
              wanted.input(input).put(0, wanted.output(output), 0, wanted.input(input).capacity());
              found.input(input).put(0, found.output(output), 0, found.input(input).capacity());
            });
      }
      assertThat(ours.status().models().getFirst().runs()).isEqualTo(4);
    }
  }

  private static double differenceDb(FloatBuffer wanted, FloatBuffer found) {
    assertThat(found.capacity()).isEqualTo(wanted.capacity());
    double power = 0;
    double difference = 0;
    for (int i = 0; i < wanted.capacity(); i++) {
      double w = wanted.get(i);
      double d = w - found.get(i);
      power += w * w;
      difference += d * d;
    }
    return 10 * Math.log10((power + 1e-12) / (difference + 1e-30));
  }
}
