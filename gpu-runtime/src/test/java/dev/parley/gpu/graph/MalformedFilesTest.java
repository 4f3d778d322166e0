package dev.parley.gpu.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.gpu.Shared;
import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.device.Shapes;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MalformedFilesTest {

  private static final Shapes SMALL = new Shapes().in("x", 2, 3).out("z", 2, 3);

  private final GraphRuntime runtime = new GraphRuntime();

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void refusesAnUnknownOperatorByItsName() {
    byte[] file = small().node("Frobnicate", "x", "z", Map.of()).file();
    assertThatThrownBy(() -> runtime.load("odd", file))
        .isInstanceOf(ModelFailedException.class)
        .hasMessageContaining("odd")
        .hasMessageContaining("Frobnicate");
    assertThat(runtime.status().models()).isEmpty();
  }

  @Test
  void refusesWhatWaitsForItself() {
    byte[] file =
        small().node("Add", "x b", "z", Map.of()).node("Add", "x z", "b", Map.of()).file();
    refused(file, SMALL);
  }

  @Test
  void refusesADimensionThatLies() {
    refused(
        small().floats("c", new long[] {1L << 40}, 1).node("Add", "x c", "z", Map.of()).file(),
        SMALL);
    refused(
        small().floats("c", new long[] {3, 3}, 1).node("Add", "x c", "z", Map.of()).file(), SMALL);
    refused(
        small()
            .integers("to", new long[] {3}, 1L << 20, 1L << 20, 6)
            .node("Expand", "x to", "y", Map.of())
            .node("Relu", "y", "z", Map.of())
            .file(),
        SMALL);
  }

  @Test
  void refusesInputsAndOutputsThatAreNotThere() {
    byte[] file = small().node("Relu", "x", "z", Map.of()).file();
    try (Model model = runtime.load("small", file)) {
      assertThatThrownBy(() -> model.bind(new Shapes().in("y", 2, 3).out("z", 2, 3)))
          .isInstanceOf(ModelFailedException.class);
      assertThatThrownBy(() -> model.bind(new Shapes().in("x", 2, 3).out("y", 2, 3)))
          .isInstanceOf(ModelFailedException.class);
      assertThatThrownBy(() -> model.bind(new Shapes().in("x", 2, 3).out("z", 3, 2)))
          .isInstanceOf(ModelFailedException.class);
      assertThatThrownBy(() -> model.bind(SMALL).input("z"))
          .isInstanceOf(ModelFailedException.class);
    }
  }

  @Test
  void anyDamageIsARefusalOrAnAnswer() {
    byte[] file = Shared.model("gtcrn/gtcrn_simple.onnx");
    Shapes shapes =
        new Shapes()
            .in("mix", 1, 257, 1, 2)
            .in("conv_cache", 2, 1, 16, 16, 33)
            .in("tra_cache", 2, 3, 1, 1, 16)
            .in("inter_cache", 2, 1, 33, 16)
            .out("enh", 1, 257, 1, 2);
    Random random = new Random(11);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = file.clone();
      if (i % 3 == 0) {
        damaged = Arrays.copyOf(file, random.nextInt(file.length));
      } else {
        for (int k = 0; k < 20; k++) {
          // Weights make up most of the file; the structure is in its first part.
          damaged[random.nextInt(i % 3 == 1 ? file.length : 60_000)] = (byte) random.nextInt();
        }
      }
      try (Model model = runtime.load("damaged", damaged);
          Binding binding = model.bind(shapes)) {
        binding.run();
      } catch (ModelFailedException e) {
        assertThat(e).hasMessageContaining("damaged");
      }
    }
  }

  private void refused(byte[] file, Shapes shapes) {
    assertThatThrownBy(
            () -> {
              try (Model model = runtime.load("bad", file);
                  Binding binding = model.bind(shapes)) {
                binding.run();
              }
            })
        .isInstanceOf(ModelFailedException.class)
        .hasMessageContaining("bad");
  }

  private static OnnxWriter small() {
    return new OnnxWriter(11).input("x", 2, 3).output("z", 2, 3);
  }
}
