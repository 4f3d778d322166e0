package dev.parley.hub.speech.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TextCutterPropertyTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "word",
          "Dr",
          "e.g",
          "I",
          "7",
          "3.14",
          "XIV",
          ".",
          "!",
          "?",
          "...",
          "…",
          ",",
          ";",
          ":",
          " ",
          " ",
          " ",
          "  ",
          "\n",
          "\n\n",
          "\r\n",
          "- ",
          "1. ",
          "# ",
          "---",
          "(",
          ")",
          "\"",
          "“",
          "”",
          "« ",
          " »",
          "'",
          "*",
          "。",
          "！",
          "、",
          "「",
          "」",
          "今天",
          "カタ",
          "สวัสดี",
          "ครับ",
          "नमस्ते",
          "।",
          "😀",
          "👩‍👩‍👧‍👦",
          "🇩🇪",
          "e\u0301",
          "\u0301",
          "\u200D",
          "https://a.b/c?d=e",
          "— ",
          " – ",
          "and ",
          "𝒳",
          "؟",
          "\u00A0",
          "\u2029",
          "aVeryLongWordWithoutAnySpaceInItAtAll");

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(120).map(parts -> String.join("", parts));
  }

  /** Marks that join the letter before them never begin what is added. */
  @Provide
  Arbitrary<String> wellFormed() {
    return texts().map(text -> text.replaceAll("(?<![\\p{L}\\p{IsEmoji}])[\\u0301\\u200D]+", ""));
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.strings().all().ofMaxLength(300);
  }

  @Provide
  Arbitrary<String> languages() {
    return Arbitraries.of("en", "de", "fr", "zh", "th", "el", "");
  }

  @Property(tries = 2000)
  void coversAllThatCanBeSpokenOnceAndInOrder(
      @ForAll @From("texts") String text,
      @ForAll @From("languages") String language,
      @ForAll boolean first,
      @ForAll @IntRange(min = 2, max = 120) int most,
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 40) Integer> steps) {
    covers(text, TextCutter.of(text, language, most, first), most);
    covers(text, divided(text, new TextCutter(language, most, first), steps), most);
  }

  @Property(tries = 1000)
  void survivesAnyText(
      @ForAll @From("anything") String text,
      @ForAll boolean first,
      @ForAll @IntRange(min = 2, max = 500) int most,
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 40) Integer> steps) {
    covers(text, TextCutter.of(text, "en", most, first), most);
    covers(text, divided(text, new TextCutter("en", most, first), steps), most);
  }

  @Property(tries = 2000)
  void cutsAtTheSamePlacesHoweverTheTextWasWritten(
      @ForAll @From("wellFormed") String text,
      @ForAll @From("languages") String language,
      @ForAll @IntRange(min = 20, max = 120) int most,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 40) Integer> steps) {
    isCutAlike(text, language, most, steps);
  }

  @Example
  void cutsBeforeAFrenchQuoteThatIsTooLongForThePiece() {
    isCutAlike("word".repeat(14) + "abc – Dr。 »", "fr", 22, List.of(1));
  }

  @Example
  void aQuoteBehindAClosedSentenceOpensTheNext() {
    isCutAlike("a。)“1. B", "en", 20, List.of(1));
  }

  @Example
  void aCloserThatCarriesAnAccentDoesNotJoinTwoSentences() {
    isCutAlike("a。*\u0301a", "en", 20, List.of(1));
  }

  private static void isCutAlike(String text, String language, int most, List<Integer> steps) {
    var whole = new TextCutter(language, most, false, false);
    var divided = new TextCutter(language, most, false, false);
    assertThat(ends(text, divided(text, divided, steps)))
        .isEqualTo(ends(text, divided(text, whole, List.of())));
  }

  @Property(tries = 2000)
  void endsSentencesAtTheSamePlacesAlsoAfterAnEarlyClause(
      @ForAll @From("wellFormed") String text,
      @ForAll @From("languages") String language,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 40) Integer> steps) {
    var whole = new TextCutter(language, 10_000, false, false);
    var divided = new TextCutter(language, 10_000, true, false);
    assertThat(ends(text, divided(text, divided, steps)))
        .containsAll(sentenceEnds(text, divided(text, whole, List.of())));
  }

  @Property(tries = 1000)
  void neverDividesWhatReadersSeeAsOneCharacter(
      @ForAll @From("texts") String text,
      @ForAll boolean first,
      @ForAll @IntRange(min = 40, max = 120) int most) {
    var clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text);
    for (Cut cut : TextCutter.of(text, "en", most, first)) {
      int end = text.offsetByCodePoints(0, cut.end());
      assertThat(clusters.isBoundary(end)).as("edge at %s of «%s»", end, text).isTrue();
    }
  }

  @Property(tries = 500)
  void endsPlainSentencesWhereUnicodeDoes(
      @ForAll @Size(min = 1, max = 12) List<@From("sentences") String> sentences) {
    String text = String.join(" ", sentences);
    var unicode = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    unicode.setText(text);
    var edges = new ArrayList<String>();
    int from = unicode.first();
    for (int to = unicode.next(); to != BreakIterator.DONE; to = unicode.next()) {
      edges.add(text.substring(from, to).strip());
      from = to;
    }
    assertThat(TextCutter.of(text, "en", 400, false))
        .extracting(Cut::text)
        .containsExactlyElementsOf(edges);
  }

  @Provide
  Arbitrary<String> sentences() {
    Arbitrary<String> words =
        Arbitraries.strings().withCharRange('b', 'z').ofMinLength(5).ofMaxLength(9);
    return words
        .list()
        .ofMinSize(4)
        .ofMaxSize(9)
        .flatMap(list ->
            Arbitraries.of(".", "!", "?", "?!", ".\"", "…?", "!)")
                .map(mark ->
                    list.getFirst().substring(0, 1).toUpperCase(Locale.ROOT)
                        + String.join(" ", list)
                        + mark));
  }

  private static void covers(String text, List<Cut> cuts, int most) {
    int[] letters = text.codePoints().toArray();
    int at = 0;
    for (Cut cut : cuts) {
      assertThat(cut.start()).isGreaterThanOrEqualTo(at);
      assertThat(speakable(letters, at, cut.start())).as("left out before %s", cut).isZero();
      String covered = new String(letters, cut.start(), cut.end() - cut.start());
      assertThat(covered.replaceAll("[\\n\\r\\t]", " "))
          .isEqualTo(cut.text().replaceAll("[\\n\\r\\t]", " "));
      assertThat(cut.text().length()).isBetween(1, Math.min(most, 400));
      assertThat(speakable(letters, cut.start(), cut.end())).as("%s", cut).isPositive();
      at = cut.end();
    }
    assertThat(speakable(letters, at, letters.length)).as("left out at the end").isZero();
  }

  private static long speakable(int[] letters, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      count += Letters.isSpeakable(letters[i]) ? 1 : 0;
    }
    return count;
  }

  /** Edges, counted in letters that can be spoken: marks between two pieces belong to neither. */
  private static Set<Integer> ends(String text, List<Cut> cuts) {
    int[] letters = text.codePoints().toArray();
    return cuts.stream()
        .map(cut -> (int) speakable(letters, 0, cut.end()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<Integer> sentenceEnds(String text, List<Cut> cuts) {
    return ends(
        text,
        cuts.stream()
            .filter(cut -> cut.pause() == Pause.SENTENCE || cut.pause() == Pause.PARAGRAPH)
            .toList());
  }

  private static List<Cut> divided(String text, TextCutter cutter, List<Integer> steps) {
    var cuts = new ArrayList<Cut>();
    int at = 0;
    for (int i = 0; at < text.length(); i++) {
      int to =
          steps.isEmpty()
              ? text.length()
              : Math.min(text.length(), at + steps.get(i % steps.size()));
      cuts.addAll(cutter.add(text.substring(at, to)));
      at = to;
    }
    cuts.addAll(cutter.finish());
    return cuts;
  }
}
