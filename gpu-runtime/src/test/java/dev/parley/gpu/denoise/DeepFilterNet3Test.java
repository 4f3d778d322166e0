package dev.parley.gpu.denoise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.gpu.Shared;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.onnx.OnnxRuntime;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeepFilterNet3Test {

  private static OnnxRuntime runtime;
  private static DeepFilterNet3 denoiser;
  private static float[] noisy;
  private static float[] whole;

  @BeforeAll
  static void load() {
    byte[] enc = Shared.model("deepfilternet3/batch/enc.onnx");
    byte[] erbDec = Shared.model("deepfilternet3/batch/erb_dec.onnx");
    byte[] dfDec = Shared.model("deepfilternet3/batch/df_dec.onnx");
    runtime = new OnnxRuntime(new DeviceSettings(DeviceSettings.Wish.CPU, 0, 0), _ -> {});
    denoiser = DeepFilterNet3.load(runtime, enc, erbDec, dfDec);
    noisy = Streams.first(Shared.wav("denoise/fullband48k/noisy_snr0.wav").samples(), 96_000);
    whole = Streams.run(denoiser, Denoiser.UNLIMITED, noisy);
  }

  @AfterAll
  static void unload() {
    if (runtime != null) {
      runtime.close();
    }
  }

  @Test
  void answersAsThePublishedNetworksDo() {
    float[] reference = Shared.wav("reference/noisy_snr0_first2s_dfn3.wav").samples();
    assertThat(whole).hasSameSizeAs(reference);
    assertThat(Streams.matchDb(reference, whole)).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {480, 960, 1000, 7 * 480, 12_345})
  void answersTheSameHoweverTheSignalArrives(int chunk) {
    float[] streamed = Streams.run(denoiser, Denoiser.UNLIMITED, noisy, () -> chunk);
    assertThat(Streams.matchDb(whole, streamed)).isGreaterThan(90);
  }

  @Test
  void answersTheSameInPiecesOfAnyLength() {
    Random random = new Random(3);
    float[] streamed =
        Streams.run(denoiser, Denoiser.UNLIMITED, noisy, () -> 1 + random.nextInt(4000));
    assertThat(Streams.matchDb(whole, streamed)).isGreaterThan(90);
  }

  @Test
  void refusesFilesThatAreNotThePublishedOnes() {
    byte[] enc = Shared.model("deepfilternet3/batch/enc.onnx");
    byte[] dfDec = Shared.model("deepfilternet3/batch/df_dec.onnx");
    assertThatThrownBy(() -> DeepFilterNet3.load(runtime, enc, dfDec, dfDec))
        .isInstanceOf(ModelFailedException.class)
        .hasMessageContaining("erb_dec.onnx has 1 operations Pad (expected: 0");
    assertThatThrownBy(() -> DeepFilterNet3.load(runtime, new byte[] {1, 2}, dfDec, dfDec))
        .isInstanceOf(ModelFailedException.class)
        .hasMessageContaining("enc.onnx: not an ONNX file");
  }
}
