package dev.parley.gpu.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

  private static final int[] RATES = {
    8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400,
    192_000
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void anySplitGivesTheSameBits(long seed) {
    Random random = new Random(seed);
    int inRate = seed % 4 == 0 ? 1000 + random.nextInt(100_000) : RATES[random.nextInt(13)];
    int outRate = seed % 5 == 0 ? 1000 + random.nextInt(100_000) : RATES[random.nextInt(13)];
    Profile profile = List.of(Profile.values()).get(random.nextInt(3));
    float[] in = noise(random, random.nextInt(12_000));
    Resampler resampler = Resampler.of(inRate, outRate, profile);
    float[] whole = Streams.through(resampler, in);
    assertThat(whole).hasSize((int) Math.round(in.length * (double) outRate / inRate));
    resampler.reset();
    float[] parts = new float[whole.length];
    int written = 0;
    for (int done = 0; done < in.length; ) {
      int most = random.nextBoolean() ? 40 : 5000;
      int length = Math.min(in.length - done, random.nextInt(most));
      int count = resampler.process(in, done, length, parts, written);
      assertThat(count).isBetween(0, resampler.outputMax(length));
      written += count;
      done += length;
    }
    assertThat(resampler.finish(parts, written)).isEqualTo(whole.length - written);
    assertThat(Arrays.equals(parts, whole)).as("%s to %s", inRate, outRate).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"768000,1000", "1000,768000", "767999,1000", "1000,767999", "1000,1001"})
  void extremeRatiosKeepLengthAndLevel(int inRate, int outRate) {
    float[] in = new float[inRate / 5 + 1];
    Arrays.fill(in, 1);
    float[] out = Streams.through(Resampler.of(inRate, outRate, Profile.HQ), in);
    assertThat(out).hasSize((int) Math.round(in.length * (double) outRate / inRate));
    assertThat(out[out.length / 2]).isCloseTo(1, within(2e-6f));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void aConstantStaysWhatItIs(Profile profile) {
    for (int outRate : RATES) {
      float[] in = new float[4410];
      Arrays.fill(in, 0.5f);
      float[] out = Streams.through(Resampler.of(44_100, outRate, profile), in);
      assertThat(out[out.length / 2]).isCloseTo(0.5f, within(1e-6f));
    }
  }

  @ParameterizedTest
  @CsvSource({"48000,16000", "16000,48000", "44100,16000", "44100,44101"})
  void anOutputComesOnceTheDelayHasPassed(int inRate, int outRate) {
    Resampler resampler = Resampler.of(inRate, outRate, Profile.HQ);
    float[] out = new float[resampler.outputMax(inRate)];
    int written = resampler.process(new float[inRate], 0, inRate, out, 0);
    double missing = 1 - (double) written / outRate;
    assertThat(missing)
        .isCloseTo(resampler.delaySeconds(), within(2.0 / Math.min(inRate, outRate)));
  }

  @Test
  void equalRatesPassUntouched() {
    float[] in = noise(new Random(1), 10_000);
    in[7] = Float.NaN;
    assertThat(Streams.through(Resampler.of(16_000, 16_000, Profile.HQ), in)).isEqualTo(in);
  }

  @Test
  void aSignalWithoutSamplesHasNoOutput() {
    Resampler resampler = Resampler.of(48_000, 16_000, Profile.HQ);
    assertThat(resampler.finishMax()).isZero();
    assertThat(resampler.finish(new float[0], 0)).isZero();
  }

  @Test
  void nothingFollowsTheEndButAReset() {
    Resampler resampler = Resampler.of(48_000, 16_000, Profile.HQ);
    float[] out = new float[64];
    resampler.process(out, 0, 48, out.clone(), 0);
    resampler.finish(out, 0);
    assertThat(resampler.finish(out, 0)).isZero();
    assertThatThrownBy(() -> resampler.process(out, 0, 1, out, 0))
        .isInstanceOf(IllegalStateException.class);
    resampler.reset();
    assertThat(resampler.process(new float[48], 0, 48, out, 0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"999,16000", "16000,768001", "0,16000", "16000,-1"})
  void refusesOtherRates(int inRate, int outRate) {
    assertThatThrownBy(() -> Resampler.of(inRate, outRate, Profile.HQ))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 1000..768000 Hz");
  }

  @Test
  void refusesWhatLiesOutsideTheArray() {
    Resampler resampler = Resampler.of(48_000, 16_000, Profile.HQ);
    assertThatThrownBy(() -> resampler.process(new float[4], 2, 3, new float[9], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static float[] noise(Random random, int length) {
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = random.nextFloat() * 2 - 1;
    }
    return noise;
  }
}
