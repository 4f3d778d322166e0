package dev.parley.gpu.tempo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TempoTest {

  private static final int RATE = 24_000;

  @ParameterizedTest
  @CsvSource({
    "0.25,0",
    "0.25,1",
    "0.25,100",
    "0.25,479",
    "0.25,48000",
    "0.5,30000",
    "0.8,777",
    "0.9,24001",
    "1.1,24001",
    "1.25,500",
    "2,1",
    "2,481",
    "2,48000",
    "2.7,50001",
    "3,2000",
    "4,2",
    "4,50003"
  })
  void isAsLongAsTheSpeedSays(double speed, int length) {
    float[] out = through(Tempo.of(RATE, speed), speech(length));
    assertThat(out).hasSize((int) Math.round(length / speed));
  }

  @ParameterizedTest
  @CsvSource({
    "0.25,220",
    "0.5,100",
    "0.5,440",
    "0.8,155",
    "1.25,90",
    "1.25,1000",
    "2,220",
    "3,3000",
    "4,440"
  })
  void aSineStaysTheSameSine(double speed, double frequency) {
    float[] in = sine(frequency, 2 * RATE);
    float[] out = through(Tempo.of(RATE, speed), in);
    assertThat(pitch(out)).isCloseTo(frequency, within(frequency * 0.01));
    // Wherever it was joined, it goes on as a sine does: no step is larger, no place is silent.
    assertThat(largestStep(out)).isLessThan(1.05 * largestStep(in));
    for (int at = 0; at + RATE / 50 < out.length; at += RATE / 50) {
      assertThat(level(out, at, RATE / 50)).isGreaterThan(0.85 * level(in, RATE / 2, RATE / 2));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.7, 1.3, 2, 4})
  void joinsSpeechWithoutClicks(double speed) {
    float[] in = speech(3 * RATE);
    float[] out = through(Tempo.of(RATE, speed), in);
    assertThat(largestStep(out)).isLessThan(1.2 * largestStep(in));
    assertThat(level(out, 0, out.length)).isCloseTo(level(in, 0, in.length), within(0.02));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 1.5, 3.7})
  void anEventIsHeardWhenTheSpeedSays(double speed) {
    float[] in = new float[2 * RATE];
    System.arraycopy(sine(300, RATE / 10), 0, in, RATE, RATE / 10);
    float[] out = through(Tempo.of(RATE, speed), in);
    int begins = 0;
    while (Math.abs(out[begins]) < 0.1) {
      begins++;
    }
    assertThat(begins / (double) RATE)
        .isCloseTo(1 / speed, within(0.008 / Math.min(1, speed) + 0.03));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anySplitGivesTheSameBits(long seed) {
    Random random = new Random(seed);
    int rate = new int[] {8000, 16_000, 22_050, 48_000}[random.nextInt(4)];
    Tempo tempo = Tempo.of(rate, 0.25 + 3.75 * random.nextDouble());
    float[] in = speech(random.nextInt(60_000));
    float[] whole = through(tempo, in);
    tempo.reset();
    float[] parts = new float[whole.length];
    int written = 0;
    for (int done = 0; done < in.length; ) {
      int length = Math.min(in.length - done, random.nextInt(random.nextBoolean() ? 20 : 7000));
      int count = tempo.process(in, done, length, parts, written);
      assertThat(count).isBetween(0, tempo.outputMax(length));
      written += count;
      done += length;
    }
    assertThat(tempo.finishMax()).isEqualTo(whole.length - written);
    assertThat(tempo.finish(parts, written)).isEqualTo(whole.length - written);
    assertThat(Arrays.equals(parts, whole)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.9, 1.1, 2, 4})
  void soundComesOnceTheDelayHasPassed(double speed) {
    Tempo tempo = Tempo.of(RATE, speed);
    float[] out = new float[tempo.outputMax(RATE)];
    int written = tempo.process(speech(RATE), 0, RATE, out, 0);
    double missing = 1 - written * speed / RATE;
    assertThat(missing).isBetween(0.0, tempo.delaySeconds() + 0.001);
    assertThat(tempo.delaySeconds()).isBetween(0.02, 0.045);
  }

  @Test
  void normalSpeedIsAnExactCopyWithoutDelay() {
    Tempo tempo = Tempo.of(RATE, 1);
    float[] in = speech(10_000);
    in[7] = Float.NaN;
    float[] out = new float[in.length];
    assertThat(tempo.process(in, 0, in.length, out, 0)).isEqualTo(in.length);
    assertThat(out).isEqualTo(in);
    assertThat(tempo.finishMax()).isZero();
    assertThat(tempo.delaySeconds()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"999,1", "768001,1", "16000,0.24", "16000,4.01", "16000,NaN"})
  void refusesOtherRatesAndSpeeds(int rate, double speed) {
    assertThatThrownBy(() -> Tempo.of(rate, speed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: ");
  }

  @Test
  void nothingFollowsTheEndButAReset() {
    Tempo tempo = Tempo.of(RATE, 2);
    float[] out = new float[1000];
    tempo.process(out, 0, 500, out.clone(), 0);
    assertThat(tempo.finish(out, 0)).isEqualTo(250);
    assertThat(tempo.finish(out, 0)).isZero();
    assertThatThrownBy(() -> tempo.process(out, 0, 1, out, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  private static float[] through(Tempo tempo, float[] in) {
    float[] out = new float[tempo.outputMax(in.length)];
    int written = tempo.process(in, 0, in.length, out, 0);
    out = Arrays.copyOf(out, written + tempo.finishMax());
    tempo.finish(out, written);
    return out;
  }

  private static float[] sine(double frequency, int length) {
    float[] sine = new float[length];
    for (int i = 0; i < length; i++) {
      sine[i] = (float) (0.8 * Math.sin(2 * Math.PI * frequency * i / RATE));
    }
    return sine;
  }

  /** A voice that glides from 90 to 180 Hz, in syllables of 200 ms, and a little noise. */
  private static float[] speech(int length) {
    Random random = new Random(5);
    float[] speech = new float[length];
    double phase = 0;
    for (int i = 0; i < length; i++) {
      double seconds = (double) i / RATE;
      phase += 2 * Math.PI * (90 + 90 * (seconds % 1)) / RATE;
      double voice = 0;
      for (int harmonic = 1; harmonic <= 12; harmonic++) {
        voice += Math.sin(harmonic * phase) / harmonic;
      }
      double swell = 0.5 - 0.5 * Math.cos(2 * Math.PI * 5 * seconds);
      speech[i] = (float) (0.3 * swell * voice + 0.004 * random.nextGaussian());
    }
    return speech;
  }

  /** Cycles a second, counted by where it rises through zero. */
  private static double pitch(float[] sine) {
    double firstRise = -1;
    double lastRise = -1;
    int rises = -1;
    for (int i = 1; i < sine.length; i++) {
      if (sine[i - 1] < 0 && sine[i] >= 0) {
        double at = i - sine[i] / (sine[i] - sine[i - 1]);
        firstRise = rises < 0 ? at : firstRise;
        lastRise = at;
        rises++;
      }
    }
    return rises * RATE / (lastRise - firstRise);
  }

  private static double largestStep(float[] signal) {
    double largest = 0;
    for (int i = 1; i < signal.length; i++) {
      largest = Math.max(largest, Math.abs(signal[i] - signal[i - 1]));
    }
    return largest;
  }

  private static double level(float[] signal, int at, int length) {
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += (double) signal[i] * signal[i];
    }
    return Math.sqrt(sum / length);
  }
}
