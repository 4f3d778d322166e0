package dev.parley.gpu.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.gpu.Shared;
import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Device;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.device.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OnnxRuntimeTest {

  private final List<String> notices = new ArrayList<>();

  @Test
  void runsANetworkAndKeepsItsBuffers() {
    byte[] silero = Shared.model("silero-vad/v6.2/silero_vad.onnx");
    try (OnnxRuntime runtime = runtime(DeviceSettings.Wish.CPU);
        Model model = runtime.load("silero", silero);
        Binding binding =
            model.bind(
                new Shapes()
                    .in("input", 1, 576)
                    .in("state", 2, 1, 128)
                    .scalar("sr", 16_000)
                    .out("output", 1, 1)
                    .out("stateN", 2, 1, 128))) {
      binding.run();
      float first = binding.output("output").get(0);
      assertThat(first).isBetween(0f, 0.2f);
      binding.input("state").put(0, binding.output("stateN"), 0, 256);
      binding.run();
      assertThat(binding.output("output").get(0)).isNotEqualTo(first);
      assertThat(runtime.status().models())
          .singleElement()
          .satisfies(loaded -> {
            assertThat(loaded.runs()).isEqualTo(2);
            assertThat(loaded.bytes()).isEqualTo(silero.length);
          });
    }
    assertThat(notices).isEmpty();
  }

  @Test
  void loadsADeepNetworkFromAThreadWithLittleStack() throws InterruptedException {
    byte[] silero = Shared.model("silero-vad/v6.2/silero_vad_op18_ifless.onnx");
    List<String> loaded = new CopyOnWriteArrayList<>();
    try (OnnxRuntime runtime = runtime(DeviceSettings.Wish.CPU)) {
      Thread small =
          Thread.ofPlatform()
              .stackSize(256 << 10)
              .start(() -> {
                try (Model model = runtime.load("deep", silero)) {
                  loaded.add(model.name());
                }
              });
      small.join();
    }
    assertThat(loaded).containsExactly("deep");
  }

  @Test
  void refusesWhatIsNoNetwork() {
    try (OnnxRuntime runtime = runtime(DeviceSettings.Wish.CPU)) {
      assertThatThrownBy(() -> runtime.load("noise", new byte[] {1, 2, 3}))
          .isInstanceOf(ModelFailedException.class)
          .hasMessageContaining("noise");
      assertThat(runtime.status().models()).isEmpty();
    }
  }

  @Test
  void servesOnTheCpuAndSaysWhyOnceWhenTheWantedGpuIsMissing() {
    if (CudaDriver.look().devices() > 0) {
      return;
    }
    byte[] silero = Shared.model("silero-vad/v6.2/silero_vad.onnx");
    try (OnnxRuntime runtime = runtime(DeviceSettings.Wish.CUDA);
        Model first = runtime.load("first", silero);
        Model second = runtime.load("second", silero)) {
      assertThat(first.device()).isEqualTo(Device.CPU);
      assertThat(second.device()).isEqualTo(Device.CPU);
      assertThat(notices).singleElement().asString().startsWith("networks run on the CPU: ");
      assertThat(runtime.status().note()).isEqualTo(notices.getFirst());
    }
  }

  @Test
  void saysNothingWhenNoGpuWasAskedForAndNoneIsThere() {
    byte[] silero = Shared.model("silero-vad/v6.2/silero_vad.onnx");
    try (OnnxRuntime runtime = runtime(DeviceSettings.Wish.AUTO)) {
      runtime.load("silero", silero).close();
      if (CudaDriver.look().devices() == 0) {
        assertThat(notices).isEmpty();
      }
    }
  }

  private OnnxRuntime runtime(DeviceSettings.Wish wish) {
    return new OnnxRuntime(new DeviceSettings(wish, 0, 0), notices::add);
  }
}
