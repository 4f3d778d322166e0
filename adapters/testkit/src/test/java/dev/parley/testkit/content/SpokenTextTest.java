package dev.parley.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpokenTextTest {
  private static final String TEXT = "Größe: 日本 👋 aaaa www 000. (3,5 € – é)";

  @Property(tries = 60)
  void readsWhatWasSpoken(
      @ForAll("texts") String text, @ForAll("rates") int rate, @ForAll long seed) {
    assertThat(SpokenText.read(noisy(SpokenText.samples(text, rate), seed), rate)).isEqualTo(text);
  }

  @Property(tries = 30)
  void readsTextsOneAfterTheOther(
      @ForAll("texts") String one,
      @ForAll("texts") String two,
      @ForAll("rates") int rate,
      @ForAll @IntRange(max = 300) int pauseMs) {
    var sound =
        join(SpokenText.samples(one, rate, 0, pauseMs), SpokenText.samples(two, rate, 0, 0));
    assertThat(SpokenText.utterances(sound, rate)).containsExactly(one, two);
  }

  @Property(tries = 20)
  void gainDoesNotMatter(
      @ForAll("texts") String text, @ForAll @FloatRange(min = 0.02f, max = 3) float gain) {
    var sound = SpokenText.samples(text, 16_000);
    for (var i = 0; i < sound.length; i++) {
      sound[i] *= gain;
    }
    assertThat(SpokenText.read(sound, 16_000)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000})
  void everyRateWorks(int rate) {
    assertThat(SpokenText.read(SpokenText.samples(TEXT, rate), rate)).isEqualTo(TEXT);
  }

  @Test
  void anotherRateKeepsTheText() {
    var slow = SpokenText.samples(TEXT, 24_000);
    var fast = new float[slow.length * 2 - 1];
    for (var i = 0; i < fast.length; i++) {
      fast[i] = i % 2 == 0 ? slow[i / 2] : (slow[i / 2] + slow[i / 2 + 1]) / 2;
    }
    assertThat(SpokenText.read(fast, 48_000)).isEqualTo(TEXT);
  }

  @Test
  void fadesAndTrimmedSilenceTakeNothingOfTheText() {
    var sound = SpokenText.samples(TEXT, 24_000, 0, 0);
    for (var i = 0; i < 240; i++) {
      sound[i] *= i / 240f;
      sound[sound.length - 1 - i] *= i / 240f;
    }
    assertThat(SpokenText.read(sound, 24_000)).isEqualTo(TEXT);
  }

  @Test
  void aCutSoundReadsAsTheBeginningOfTheText() {
    var sound = SpokenText.samples("Hello there.", 24_000);
    var half = SpokenText.read(Arrays.copyOf(sound, sound.length / 2), 24_000);
    assertThat("Hello there.").startsWith(half);
    assertThat(half).hasSizeBetween(4, 8);
  }

  @Test
  void silenceAndNoiseSayNothing() {
    assertThat(SpokenText.utterances(new float[24_000], 24_000)).isEmpty();
    assertThat(SpokenText.utterances(new float[0], 24_000)).isEmpty();
    var random = new Random(1);
    var noise = new float[24_000];
    for (var i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian() * 0.1f;
    }
    assertThat(SpokenText.read(noise, 24_000)).hasSizeLessThan(3);
  }

  @Test
  void soundsAsLongAsItSays() {
    assertThat(SpokenText.seconds("abc")).isCloseTo(8 * 0.02, within(1e-9));
    assertThat(SpokenText.samples("abc", 8_000)).hasSize(8 * 160 + 2 * 960);
    assertThat(SpokenText.samples("abc", 8_000, 0, 10)).hasSize(8 * 160 + 80);
  }

  @Test
  void filesHoldTheText() {
    var exact = SpokenText.wav(TEXT, 22_050);
    var open = SpokenText.wavOpen(TEXT, 22_050);
    assertThat(Wave.sampleRateHz(exact)).isEqualTo(22_050);
    assertThat(Wave.data(exact)).isEqualTo(SpokenText.pcm(TEXT, 22_050)).isEqualTo(Wave.data(open));
    assertThat(SpokenText.read(Wave.samples(Wave.data(open)), 22_050)).isEqualTo(TEXT);
    assertThat(Arrays.copyOfRange(open, 40, 44)).containsOnly(0xFF);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars("äöüß€日本語あ한é\n")
        .ofMinLength(1)
        .ofMaxLength(40);
  }

  @Provide
  Arbitrary<Integer> rates() {
    return Arbitraries.of(16_000, 22_050, 24_000, 48_000);
  }

  /** Adds noise 40 dB below the loudest tone. */
  private static float[] noisy(float[] sound, long seed) {
    var random = new Random(seed);
    for (var i = 0; i < sound.length; i++) {
      sound[i] += (float) random.nextGaussian() * 0.3f / 100;
    }
    return sound;
  }

  private static float[] join(float[] one, float[] two) {
    var both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
