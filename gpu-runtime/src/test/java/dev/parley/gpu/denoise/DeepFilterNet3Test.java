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
    whole = Streams.run(denoiser.asPublished(), Denoiser.UNLIMITED, noisy);
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
    float[] streamed = Streams.run(denoiser.asPublished(), Denoiser.UNLIMITED, noisy, () -> chunk);
    assertThat(Streams.matchDb(whole, streamed)).isGreaterThan(90);
  }

  @Test
  void answersTheSameInPiecesOfAnyLength() {
    Random random = new Random(3);
    float[] streamed =
        Streams.run(
            denoiser.asPublished(), Denoiser.UNLIMITED, noisy, () -> 1 + random.nextInt(4000));
    assertThat(Streams.matchDb(whole, streamed)).isGreaterThan(90);
  }

  @Test
  void leavesTheSignalAsItIsAtALimitOfZero() {
    assertThat(Streams.run(denoiser, 0, noisy, () -> 777)).isEqualTo(noisy);
  }

  @Test
  void lowersNoiseByTheLimitAtMost() {
    float[] limited = Streams.run(denoiser, 6, noisy);
    float[] full = Streams.run(denoiser, Denoiser.UNLIMITED, noisy);
    double quietest = 0;
    double quietestFull = 0;
    for (int from = 4800; from + 4800 <= noisy.length; from += 4800) {
      double in = Streams.rmsDb(noisy, from, from + 4800);
      quietest = Math.min(quietest, Streams.rmsDb(limited, from, from + 4800) - in);
      quietestFull = Math.min(quietestFull, Streams.rmsDb(full, from, from + 4800) - in);
    }
    assertThat(quietest).isGreaterThan(-6.5);
    assertThat(quietestFull).isLessThan(-10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -20, -40})
  void keepsCleanSpeechOfAnyLevelWithoutHoles(int db) {
    float[] clean = Shared.wav("denoise/fullband48k/clean_freesound_33711.wav").samples();
    float[] speech = Streams.scaled(Streams.first(clean, 3 * 48_000), db);
    float[] out = Streams.run(denoiser, Denoiser.UNLIMITED, speech);
    double in = Streams.rmsDb(speech, 0, speech.length);
    assertThat(Streams.rmsDb(out, 0, out.length) - in).isBetween(-0.5, 0.5);
    int run = 0;
    for (int from = 0; from + 480 <= out.length; from += 480) {
      boolean hole =
          Streams.rmsDb(speech, from, from + 480) > -50
              && Streams.rmsDb(out, from, from + 480) < -90;
      run = hole ? run + 1 : 0;
      assertThat(run).as("10 ms holes at sample %d", from).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void answersSilenceWithSilenceAndSurvivesWhatIsNoNumber() {
    float[] odd = new float[48_000];
    odd[10_000] = Float.NaN;
    odd[10_001] = Float.POSITIVE_INFINITY;
    odd[10_002] = Float.NEGATIVE_INFINITY;
    float[] out = Streams.run(denoiser, Denoiser.UNLIMITED, odd, () -> 480);
    assertThat(Streams.rmsDb(out, 0, 8_000)).isLessThan(-150);
    assertThat(Streams.rmsDb(out, 24_000, 48_000)).isLessThan(-90);
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
