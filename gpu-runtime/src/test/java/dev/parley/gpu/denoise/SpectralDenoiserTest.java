package dev.parley.gpu.denoise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gpu.Shared;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralDenoiserTest {

  private static final List<String> PAIRS = List.of("p232_003", "p232_010", "p232_021", "p232_052");

  private final SpectralDenoiser denoiser = new SpectralDenoiser();

  @Test
  void answersTheSameHoweverTheSignalArrives() {
    float[] noisy = noise(20_000, -20);
    float[] whole = Streams.run(denoiser, Denoiser.UNLIMITED, noisy);
    Random random = new Random(4);
    assertThat(Streams.run(denoiser, Denoiser.UNLIMITED, noisy, () -> 1 + random.nextInt(900)))
        .isEqualTo(whole);
  }

  @Test
  void leavesTheSignalAsItIsAtALimitOfZero() {
    float[] noisy = noise(8_000, -20);
    assertThat(Streams.run(denoiser, 0, noisy)).isEqualTo(noisy);
  }

  @Test
  void lowersSteadyNoiseAndNotBeyondTheLimit() {
    float[] noisy = noise(32_000, -30);
    double full = Streams.rmsDb(Streams.run(denoiser, Denoiser.UNLIMITED, noisy), 16_000, 32_000);
    double limited = Streams.rmsDb(Streams.run(denoiser, 6, noisy), 16_000, 32_000);
    assertThat(full).isBetween(-55.0, -45.0);
    assertThat(limited).isBetween(-36.1, -34.0);
  }

  @Test
  void improvesOnNoisySpeechBySeveralDecibels() {
    double gained = 0;
    for (String pair : PAIRS) {
      float[] noisy = Shared.wav("denoise/vbd16k/" + pair + "_noisy.wav").samples();
      float[] clean = Shared.wav("denoise/vbd16k/" + pair + "_clean.wav").samples();
      float[] out = Streams.run(denoiser, Denoiser.UNLIMITED, noisy);
      gained += Streams.matchDb(clean, out) - Streams.matchDb(clean, noisy);
    }
    assertThat(gained / PAIRS.size()).isGreaterThan(2.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -40})
  void keepsTheLevelOfCleanSpeech(int db) {
    float[] clean = Shared.wav("denoise/vbd16k/p232_021_clean.wav").samples();
    float[] speech = Streams.scaled(clean, db);
    float[] out = Streams.run(denoiser, Denoiser.UNLIMITED, speech);
    double change = Streams.rmsDb(out, 0, out.length) - Streams.rmsDb(speech, 0, speech.length);
    assertThat(change).isBetween(-0.5, 0.5);
  }

  @Test
  void answersSilenceWithSilenceAndSurvivesWhatIsNoNumber() {
    float[] odd = new float[32_000];
    odd[10_000] = Float.NaN;
    odd[10_001] = Float.POSITIVE_INFINITY;
    float[] out = Streams.run(denoiser, Denoiser.UNLIMITED, odd);
    assertThat(Streams.rmsDb(out, 0, 9_000)).isLessThan(-150);
    assertThat(Streams.rmsDb(out, 12_000, 32_000)).isLessThan(-150);
  }

  private static float[] noise(int count, double db) {
    Random random = new Random(5);
    float[] noise = new float[count];
    double scale = Math.pow(10, db / 20);
    for (int i = 0; i < count; i++) {
      noise[i] = (float) (scale * random.nextGaussian());
    }
    return noise;
  }
}
