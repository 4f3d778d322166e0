package dev.parley.hub.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Word;
import dev.parley.core.speakers.SpeakerTurn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpeakerMergeTest {

  private static final Segment.Scores SCORES =
      new Segment.Scores(
          OptionalDouble.of(0.9),
          OptionalDouble.of(-0.2),
          OptionalDouble.of(0.01),
          OptionalDouble.of(1.3),
          OptionalDouble.of(0));

  @Test
  void cutsASegmentWhereTheSpeakerChanges() {
    var segment =
        segment(
            "How are you? Fine, \"thank you\".",
            0,
            6,
            "How",
            "are",
            "you?",
            "Fine,",
            "thank",
            "you");
    assertThat(
            shown(SpeakerMerge.of(List.of(segment), List.of(turn("A", 0, 3.1), turn("B", 3, 6)))))
        .containsExactly("A 0.0-3.0 How are you?", "B 3.0-6.0 Fine, \"thank you\".");
  }

  @Test
  void marksThatOpenGoWithTheWordAfterThem() {
    var segment = segment("She said (no) ¿qué?", 0, 4, "She", "said", "no", "qué");
    assertThat(shown(SpeakerMerge.of(List.of(segment), List.of(turn("A", 0, 2), turn("B", 2, 4)))))
        .containsExactly("A 0.0-2.0 She said", "B 2.0-4.0 (no) ¿qué?");
  }

  @Test
  void aWordAcrossABoundaryIsOfWhoHasMoreOfIt() {
    var segment = segment("one two three", 0, 3, "one", "two", "three");
    assertThat(speakers(segment, turn("A", 0, 1.4), turn("B", 1.4, 3))).isEqualTo("ABB");
    assertThat(speakers(segment, turn("A", 0, 1.6), turn("B", 1.6, 3))).isEqualTo("AAB");
  }

  @Test
  void whoSpeaksGoesOnWhileAnotherSpeaksToo() {
    var segment = segment("a b c d e f", 0, 6, "a", "b", "c", "d", "e", "f");
    assertThat(speakers(segment, turn("A", 0, 4), turn("B", 2, 6))).isEqualTo("AAAABB");
    assertThat(speakers(segment, turn("A", 0, 6), turn("B", 2, 3))).isEqualTo("AAAAAA");
  }

  @Test
  void aWordThatNobodySaysIsOfTheNearestWithinASecond() {
    var segment = segment("a b c d e f", 0, 6, "a", "b", "c", "d", "e", "f");
    assertThat(speakers(segment, turn("A", 0, 1), turn("B", 2.6, 6))).isEqualTo("AABBBB");
    assertThat(speakers(segment, turn("A", 0, 1.9), turn("B", 5.9, 6))).isEqualTo("AAAABB");
    assertThat(speakers(segment, turn("A", 0, 0.5), turn("B", 30, 31))).isEqualTo("AAAAAA");
  }

  @Test
  void wordsBeforeTheFirstTurnAreOfWhoComesFirst() {
    var segment = segment("a b", 0, 2, "a", "b");
    assertThat(speakers(segment, turn("B", 40, 41), turn("A", 20, 21))).isEqualTo("AA");
  }

  @Test
  void aTurnThatEndsLateIsFoundBehindShorterOnes() {
    var segment = segment("a b c d", 0, 4, "a", "b", "c", "d");
    assertThat(speakers(segment, turn("A", 0, 3), turn("B", 0.1, 0.2), turn("C", 0.3, 0.4)))
        .isEqualTo("AAAA");
  }

  @Test
  void oneSpeakerGoesOnOverTheEndOfASegmentWithoutAPause() {
    var first = segment("one two", 0, 2, "one", "two");
    var second = segment("three", 2.2, 3.2, "three");
    var third = segment("four", 4, 5, "four");
    assertThat(shown(SpeakerMerge.of(List.of(first, second, third), List.of(turn("A", 0, 5)))))
        .containsExactly("A 0.0-3.2 one two three", "A 4.0-5.0 four");
  }

  @Test
  void aSegmentOfOneSpeakerStaysAsItIs() {
    var whole = segment(" odd  text: all of it", 0, 2, "other", "words");
    var merged = SpeakerMerge.of(List.of(whole), List.of(turn("A", 0, 2)));
    assertThat(merged).hasSize(1);
    assertThat(merged.getFirst().text()).isEqualTo(whole.text());
    assertThat(merged.getFirst().scores()).isEqualTo(SCORES);
    assertThat(merged.getFirst().tokens()).containsExactly(1, 2);
  }

  @Test
  void wordsThatAreNotThoseOfTheTextAreJoinedAnew() {
    var segment = segment("It costs five euros", 0, 4, "It", "costs", "5", "euros");
    assertThat(shown(SpeakerMerge.of(List.of(segment), List.of(turn("A", 0, 2), turn("B", 2, 4)))))
        .containsExactly("A 0.0-2.0 It costs", "B 2.0-4.0 5 euros");
    var chinese = segment("今天天气很好。", 0, 3, "今天", "天氣", "很好。");
    assertThat(shown(SpeakerMerge.of(List.of(chinese), List.of(turn("A", 0, 2), turn("B", 2, 3)))))
        .containsExactly("A 0.0-2.0 今天天氣", "B 2.0-3.0 很好。");
  }

  @Test
  void aWordIsNotFoundWithinAnother() {
    var segment = segment("banana a b", 0, 2, "a", "b");
    assertThat(shown(SpeakerMerge.of(List.of(segment), List.of(turn("A", 0, 1), turn("B", 1, 2)))))
        .containsExactly("A 0.0-1.0 a", "B 1.0-2.0 b");
  }

  @Test
  void segmentsWithoutWordsGoToWhoHasMostOfThem() {
    var segments = List.of(plain("one", 0, 2), plain("two", 2, 4), plain("three", 4.2, 4.6));
    var turns = List.of(turn("A", 0, 2.4), turn("B", 2.1, 4), turn("A", 3.9, 4.0));
    assertThat(shown(SpeakerMerge.of(segments, turns)))
        .containsExactly("A 0.0-2.0 one", "B 2.0-4.0 two", "B 4.2-4.6 three");
  }

  @Test
  void withoutTurnsNothingChanges() {
    var segments = List.of(segment("one two", 0, 2, "one", "two"), plain("three", 2, 3));
    assertThat(SpeakerMerge.of(segments, List.of())).isEqualTo(segments);
    assertThat(SpeakerMerge.of(List.of(), List.of(turn("A", 0, 1)))).isEmpty();
  }

  @Property(tries = 300)
  void everyWordIsThereExactlyOnceInItsPlace(
      @ForAll("texts") List<String> texts,
      @ForAll @IntRange(min = 1, max = 12) int turnCount,
      @ForAll long seed) {
    var random = new Random(seed);
    var segments = new ArrayList<Segment>();
    var at = 0.0;
    for (String text : texts) {
      var words = text.split(" ");
      var length = words.length * (0.1 + random.nextDouble());
      segments.add(segment(text, at, at + length, words));
      at += length + (random.nextBoolean() ? 1.5 * random.nextDouble() : 0);
    }
    var turns = new ArrayList<SpeakerTurn>();
    for (var i = 0; i < turnCount; i++) {
      var start = random.nextDouble() * at;
      var end = start + random.nextDouble() * 4;
      turns.add(turn(String.valueOf((char) ('A' + random.nextInt(3))), start, end));
    }

    var merged = SpeakerMerge.of(segments, turns);

    assertThat(merged.stream().flatMap(part -> part.words().stream()).map(Word::text))
        .containsExactlyElementsOf(
            segments.stream().flatMap(s -> s.words().stream()).map(Word::text).toList());
    assertThat(joined(merged)).isEqualTo(joined(segments));
    assertThat(merged)
        .allSatisfy(part -> {
          assertThat(part.speaker()).isIn("A", "B", "C");
          assertThat(part.words()).allMatch(word -> word.speaker().equals(part.speaker()));
          assertThat(part.end()).isGreaterThanOrEqualTo(part.start());
          assertThat(part.text()).isEqualTo(part.text().strip());
        });
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> word =
        Arbitraries.of(
            "a", "an", "banana", "a", "\"No", "no\"", "(well)", "3.5", "¿qué?", "–x", "日本");
    return word.list()
        .ofMinSize(1)
        .ofMaxSize(9)
        .map(words -> String.join(" ", words))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  private static String joined(List<Segment> segments) {
    return String.join("", segments.stream().map(Segment::text).toList()).replaceAll("\\s", "");
  }

  private static String speakers(Segment segment, SpeakerTurn... turns) {
    return String.join(
        "",
        SpeakerMerge.of(List.of(segment), Arrays.asList(turns)).stream()
            .flatMap(part -> part.words().stream())
            .map(Word::speaker)
            .toList());
  }

  private static List<String> shown(List<Segment> segments) {
    return segments.stream()
        .map(s -> s.speaker() + " " + s.start() + "-" + s.end() + " " + s.text())
        .toList();
  }

  private static SpeakerTurn turn(String speaker, double start, double end) {
    return new SpeakerTurn(speaker, start, end, OptionalDouble.empty());
  }

  private static Segment plain(String text, double start, double end) {
    return segment(text, start, end);
  }

  /** Its words are equally long. */
  private static Segment segment(String text, double start, double end, String... texts) {
    var words = new ArrayList<Word>();
    for (var i = 0; i < texts.length; i++) {
      var step = (end - start) / texts.length;
      words.add(
          new Word(texts[i], start + i * step, start + (i + 1) * step, OptionalDouble.of(0.5), ""));
    }
    return new Segment(start, end, text, words, "", "en", SCORES, List.of(1, 2), Json.EMPTY_OBJECT);
  }
}
