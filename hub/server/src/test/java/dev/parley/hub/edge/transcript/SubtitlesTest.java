package dev.parley.hub.edge.transcript;

import static dev.parley.hub.edge.transcript.Said.by;
import static dev.parley.hub.edge.transcript.Said.segment;
import static dev.parley.hub.edge.transcript.Said.word;
import static dev.parley.hub.edge.transcript.Said.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Word;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SubtitlesTest {

  @Test
  void numbersCuesAndSpellsTimes() {
    assertThat(Subtitles.srt(written(segment(0, 1.5, "Hello."), segment(2.25, 4, "Good bye."))))
        .isEqualTo(
            """
            1
            00:00:00,000 --> 00:00:01,500
            Hello.

            2
            00:00:02,250 --> 00:00:04,000
            Good bye.

            """);
  }

  @Test
  void beginsWithItsNameEvenWhenNothingWasSaid() {
    assertThat(Subtitles.vtt(written())).isEqualTo("WEBVTT\n\n");
    assertThat(Subtitles.srt(written())).isEmpty();
    assertThat(Subtitles.srt(written(segment(0, 3, " \n ")))).isEmpty();
  }

  @Test
  void escapesWhatIsMarkup() {
    assertThat(Subtitles.vtt(written(segment(0, 2, "a --> b & <i>c</i>"))))
        .isEqualTo(
            """
            WEBVTT

            00:00:00.000 --> 00:00:02.000
            a --&gt; b &amp; &lt;i&gt;c&lt;/i&gt;

            """);
  }

  @Test
  void namesSpeakers() {
    RecognizedEvent.Written two =
        written(by("Zoë > all", 0, 2, "Hello there."), by("B\n2", 2, 4, "Hi."));
    assertThat(Subtitles.vtt(two)).contains("<v Zoë &gt; all>Hello there.\n\n", "<v B 2>Hi.\n\n");
    assertThat(Subtitles.srt(two)).contains("Zoë > all: Hello there.\n\n", "B 2: Hi.\n\n");
  }

  @Test
  void countsHoursBeyondNinetyNine() {
    assertThat(Subtitles.srt(written(segment(360_000, 363_661.007, "Late."))))
        .contains("100:00:00,000 --> 100:00:07,000");
  }

  @Test
  void cutsALongSegmentAtItsClauses() {
    String text =
        "When the sun had gone down behind the hills, the old man rose from his chair,"
            + " and without a word he went to the window and looked out for a long while.";
    assertThat(Cues.of(written(segment(10, 22, text)), _ -> 0))
        .extracting(cue -> String.join("/", cue.lines()))
        .containsExactly(
            "When the sun had gone down behind the/hills, the old man rose from his chair,",
            "and without a word he went to the/window and looked out for a long while.");
  }

  @Test
  void takesTheTimesOfWords() {
    Segment segment =
        segment(
            0,
            12,
            "Hello there. Good bye.",
            word("Hello", 0.5, 0.9),
            word("there.", 1.0, 1.6),
            word("Good", 9, 9.3),
            word("bye.", 9.4, 10.2));
    assertThat(Cues.of(written(segment), _ -> 0))
        .containsExactly(
            new Cue(500, 1_600, "", List.of("Hello there.")),
            new Cue(9_000, 10_200, "", List.of("Good bye.")));
  }

  @Test
  void breaksScriptsWithoutSpacesAnywhereButBeforeTheirMarks() {
    String sentence = "今日はとても天気がいいので、公園まで散歩に行きました。そこで友達に会って、長い間話をしました。";
    List<Cue> cues = Cues.of(written(segment(0, 9, sentence)), _ -> 0);
    assertThat(String.join("", cues.stream().flatMap(cue -> cue.lines().stream()).toList()))
        .isEqualTo(sentence);
    assertThat(cues)
        .allSatisfy(cue -> assertThat(cue.lines()).allSatisfy(SubtitlesTest::fits))
        .allSatisfy(cue ->
            assertThat(cue.lines())
                .noneSatisfy(line -> assertThat(line).startsWith("、"))
                .noneSatisfy(line -> assertThat(line).startsWith("。")));
  }

  @Test
  void splitsAWordThatIsBroaderThanALine() {
    List<Cue> cues = Cues.of(written(segment(0, 9, "a" + "ü".repeat(99))), _ -> 0);
    assertThat(cues.getFirst().lines()).allSatisfy(SubtitlesTest::fits);
    assertThat(String.join("", cues.stream().flatMap(cue -> cue.lines().stream()).toList()))
        .isEqualTo("a" + "ü".repeat(99));
  }

  @Test
  void leavesRoomForTheNameOfTheSpeaker() {
    String srt =
        Subtitles.srt(
            written(by("Professor Plum", 0, 5, "It was in the library, I am quite sure of it.")));
    assertThat(srt.stripTrailing().lines()).allSatisfy(SubtitlesTest::fits);
    assertThat(srt).contains("Professor Plum: It was in the library,\n");
  }

  @Test
  void showsSpeakersWhoTalkAtOnceOneAfterTheOther() {
    assertThat(
            Cues.of(
                written(by("a", 0, 4, "One."), by("b", 0, 4, "Two."), by("c", 3, 3.2, "Three.")),
                _ -> 0))
        .extracting(Cue::startMs, Cue::endMs)
        .containsExactly(tuple(0L, 1_000L), tuple(1_000L, 3_000L), tuple(3_000L, 4_000L));
  }

  @Test
  void showsATranscriptWithoutSegments() {
    RecognizedEvent.Written one = written(segment(0, 3, "All of it."));
    assertThat(Subtitles.srt(new RecognizedEvent.Written(one.transcript(), List.of())))
        .contains("00:00:00,000 --> 00:00:03,000\nAll of it.\n");
  }

  @Property(tries = 300)
  void neverOverlapsAndLosesNothing(@ForAll("transcripts") List<Segment> segments) {
    RecognizedEvent.Written said = written(segments.toArray(Segment[]::new));
    List<Cue> cues = Cues.of(said, _ -> 0);
    long free = 0;
    for (Cue cue : cues) {
      assertThat(cue.startMs()).isGreaterThanOrEqualTo(free);
      assertThat(cue.endMs()).isGreaterThan(cue.startMs());
      assertThat(cue.endMs() - cue.startMs()).isLessThanOrEqualTo(7_000);
      assertThat(cue.lines()).hasSizeBetween(1, 2).allSatisfy(SubtitlesTest::fits);
      free = cue.endMs();
    }
    for (String speaker : List.of("a", "b")) {
      assertThat(letters(cues.stream().filter(cue -> cue.speaker().equals(speaker)).toList()))
          .isEqualTo(
              segments.stream()
                  .filter(segment -> segment.speaker().equals(speaker))
                  .map(segment -> segment.text().replaceAll("\\s", ""))
                  .reduce("", String::concat));
    }
    assertThat(Subtitles.srt(said)).doesNotContain("\n\n\n");
    assertThat(Subtitles.vtt(said)).doesNotContain("\n\n\n");
  }

  private static String letters(List<Cue> cues) {
    return cues.stream()
        .flatMap(cue -> cue.lines().stream())
        .map(line -> line.replaceAll("\\s", ""))
        .reduce("", String::concat);
  }

  private static void fits(String line) {
    assertThat(TextWidth.of(line)).isLessThanOrEqualTo(42);
    assertThat(line).isNotEmpty().isEqualTo(line.strip());
  }

  /** Speakers follow on each other with times of all kinds; each one's segments are in order. */
  @Provide
  Arbitrary<List<Segment>> transcripts() {
    Arbitrary<String> word =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("abcdefgh.,?!-").ofMinLength(1).ofMaxLength(12),
            Arbitraries.strings().withChars("今日天気、。「」カタ한국").ofMinLength(1).ofMaxLength(30),
            Arbitraries.strings().withChars("xyz\u0301").ofMinLength(40).ofMaxLength(120),
            Arbitraries.of("\n", "a\tb", "😀👍🏽", "-->", "&amp;", "é\u00a0!"));
    Arbitrary<String> text =
        word.list().ofMinSize(0).ofMaxSize(60).map(all -> String.join(" ", all));
    Arbitrary<Segment> segment =
        Combinators.combine(
                text,
                Arbitraries.doubles().between(0, 30).ofScale(3),
                Arbitraries.integers().between(0, 2),
                Arbitraries.of("a", "b"))
            .as((said, length, kind, speaker) -> drawn(said.strip(), length, kind, speaker));
    return segment.list().ofMinSize(1).ofMaxSize(6).map(SubtitlesTest::oneAfterTheOther);
  }

  private static Segment drawn(String said, double length, int kind, String speaker) {
    List<Word> words = new ArrayList<>();
    String[] texts = said.isEmpty() ? new String[0] : said.split("\\s+", -1);
    for (int i = 0; kind > 0 && i < texts.length; i++) {
      double at = length * i / texts.length;
      String spelled = kind == 1 ? texts[i] : texts[i].toLowerCase(Locale.ROOT).replace('a', 'o');
      words.add(word(spelled, at, at + length / texts.length / 2));
    }
    return by(speaker, 0, length, said, words.toArray(Word[]::new));
  }

  private static List<Segment> oneAfterTheOther(List<Segment> segments) {
    List<Segment> moved = new ArrayList<>();
    double at = 0;
    for (Segment segment : segments) {
      double start = at;
      moved.add(
          by(
              segment.speaker(),
              start,
              start + segment.end(),
              segment.text(),
              segment.words().stream()
                  .map(word -> word(word.text(), start + word.start(), start + word.end()))
                  .toArray(Word[]::new)));
      at = start + segment.end();
    }
    return moved;
  }
}
