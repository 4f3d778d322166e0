package dev.parley.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TalkTest {
  private static final double EXACT = 0.015;

  @Property(tries = 40)
  void everyWordIsHeardInItsTime(@ForAll("texts") String text, @ForAll("rates") int rate) {
    var talk = Talk.begin(rate).silence(0.3).say(text).silence(0.7).say(text).silence(0.1);
    assertSame(Ears.hear(talk.wav()), talk.words());
    assertThat(talk.text()).isEqualTo(text + " " + text);
  }

  @Property(tries = 40)
  void everyPieceIsHeardAsTheWordsInIt(@ForAll Random random) {
    var talk = talk();
    var from = random.nextDouble() * talk.seconds();
    var to = from + random.nextDouble() * (talk.seconds() - from);
    var whole =
        talk.words().stream()
            .filter(w -> w.start() >= from && w.end() <= to)
            .map(w -> w.later(-from))
            .toList();
    var heard = Ears.hear(talk.wav(from, to));
    var uncut =
        heard.stream().filter(w -> w.start() > EXACT && w.end() < to - from - EXACT).toList();
    assertSame(
        heard.stream().filter(h -> whole.stream().anyMatch(w -> near(w, h))).toList(), whole);
    assertThat(whole.size() - uncut.size()).isBetween(0, 2);
    assertThat(heard.size() - whole.size()).isBetween(0, 2);
  }

  @Test
  void aWordThatIsCutIsHeardAsItsFirstOrItsLastLetters() {
    var talk = Talk.begin(16_000).silence(0.2).say("recognition");
    var word = talk.words().getFirst();
    var middle = (word.start() + word.end()) / 2;
    var first = Ears.hear(talk.wav(0, middle));
    var last = Ears.hear(talk.wav(middle, talk.seconds()));
    assertThat(first).hasSize(1);
    assertThat(first.getFirst().text()).isEqualTo("recog");
    assertThat(last).hasSize(1);
    assertThat("recognition").endsWith(last.getFirst().text());
    assertThat(last.getFirst().text()).hasSizeBetween(4, 6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 1, 1.5})
  void gainDoesNotMatter(double gain) {
    var talk = talk();
    var sound = talk.samples();
    for (var i = 0; i < sound.length; i++) {
      sound[i] = (float) Math.clamp(sound[i] * gain, -1, 1);
    }
    assertSame(Ears.hear(Wave.file(Wave.pcm(sound), 16_000)), talk.words());
  }

  @Property(tries = 10)
  void noise30DbBelowDoesNotMatter(@ForAll Random random) {
    var talk = talk();
    var sound = talk.samples();
    var level = rms(sound) * Math.pow(10, -30 / 20.0);
    for (var i = 0; i < sound.length; i++) {
      sound[i] += (float) (random.nextGaussian() * level);
    }
    assertSame(Ears.hear(sound, 16_000), talk.words());
  }

  @Test
  void halfTheRateKeepsTheWords() {
    var talk = Talk.begin(48_000).silence(0.2).say("one two three");
    var fast = talk.samples();
    var slow = new float[fast.length / 3];
    for (var i = 1; i + 1 < slow.length; i++) {
      slow[i] = (fast[i * 3 - 1] + fast[i * 3] + fast[i * 3 + 1]) / 3;
    }
    assertSame(Ears.hear(slow, 16_000), talk.words());
  }

  @Test
  void silenceAndNoiseSayNothing() {
    var random = new Random(1);
    var noise = new float[160_000];
    for (var i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian() * 0.1f;
    }
    assertThat(Ears.hear(noise, 16_000)).isEmpty();
    assertThat(Ears.hear(new float[16_000], 16_000)).isEmpty();
    assertThat(Ears.hear(new float[0], 16_000)).isEmpty();
    assertThat(Ears.hear(Talk.begin(16_000).silence(3).wav())).isEmpty();
  }

  @Test
  void aLongTalkIsHeardWordByWord() {
    var talk = Talk.begin(16_000);
    for (var i = 0; i < 600; i++) {
      talk.say("word" + i + " and more").silence(0.5 + i % 7 * 0.1);
    }
    assertThat(talk.seconds()).isGreaterThan(900);
    assertSame(Ears.hear(talk.samples(), 16_000), talk.words());
  }

  @Test
  void piecesJoinToTheWhole() {
    var talk = talk();
    var whole = talk.samples();
    var pieces = new float[whole.length];
    for (var at = 0; at < whole.length; at += 777) {
      var piece = talk.samples(at, Math.min(777, whole.length - at));
      System.arraycopy(piece, 0, pieces, at, piece.length);
    }
    assertThat(Arrays.equals(pieces, whole)).isTrue();
    assertThat(talk.length()).isEqualTo(whole.length);
  }

  @Test
  void pausesAreSilent() {
    var sound = Talk.begin(16_000).say("one").silence(1).say("two").samples();
    var words = Talk.begin(16_000).say("one").silence(1).say("two").words();
    var from = (int) (words.getFirst().end() * 16_000) + 1;
    var pause = Arrays.copyOfRange(sound, from, from + 15_900);
    assertThat(rms(pause)).isLessThan(1e-3);
    assertThat(words.get(1).start() - words.getFirst().end()).isCloseTo(1, within(1e-9));
  }

  @Test
  void ratesWithoutRoomAreRefused() {
    assertThatThrownBy(() -> Talk.begin(8_000)).hasMessageContaining("expected: 16000 or more");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .withChars("äöüß€日本語あ한é")
        .ofMinLength(1)
        .ofMaxLength(12)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(words -> String.join(" ", words));
  }

  @Provide
  Arbitrary<Integer> rates() {
    return Arbitraries.of(16_000, 22_050, 24_000, 44_100, 48_000);
  }

  private static Talk talk() {
    return Talk.begin(16_000)
        .silence(0.4)
        .say("The quick brown fox")
        .silence(0.6)
        .say("jumps over 3 lazy dogs, naïvely.")
        .silence(0.2);
  }

  private static boolean near(TimedWord one, TimedWord other) {
    return Math.abs(one.start() - other.start()) < EXACT
        && Math.abs(one.end() - other.end()) < EXACT;
  }

  private static void assertSame(List<TimedWord> heard, List<TimedWord> said) {
    assertThat(heard.stream().map(TimedWord::text))
        .containsExactlyElementsOf(said.stream().map(TimedWord::text).toList());
    for (var i = 0; i < said.size(); i++) {
      assertThat(heard.get(i).start()).isCloseTo(said.get(i).start(), within(EXACT));
      assertThat(heard.get(i).end()).isCloseTo(said.get(i).end(), within(EXACT));
    }
  }

  private static double rms(float[] sound) {
    var sum = 0.0;
    for (var sample : sound) {
      sum += sample * sample;
    }
    return Math.sqrt(sum / sound.length);
  }
}
