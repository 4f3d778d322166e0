package dev.parley.hub.speech.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextCutterTest {

  @Test
  void waitsForWhatFollowsADot() {
    var cutter = new TextCutter("en", 400, false);
    assertThat(cutter.add("It costs 3.")).isEmpty();
    assertThat(cutter.add("50 dollars.")).isEmpty();
    assertThat(cutter.add(" ")).isEmpty();
    assertThat(texts(cutter.add("We"))).containsExactly("It costs 3.50 dollars.");
    assertThat(texts(cutter.finish())).containsExactly("We");
  }

  @Test
  void endsChineseSentencesAtOnce() {
    var cutter = new TextCutter("zh", 400, false);
    assertThat(texts(cutter.add("今天天气很好。"))).containsExactly("今天天气很好。");
  }

  @Test
  void speaksTheFirstClauseAsSoonAsItIsThere() {
    var cutter = new TextCutter("en", 400, true);
    assertThat(cutter.add("When the rain stopped,")).isEmpty();
    assertThat(texts(cutter.add(" "))).containsExactly("When the rain stopped,");
    assertThat(cutter.add("we went out, all of us, and walked.")).isEmpty();
    assertThat(texts(cutter.add(" Then"))).containsExactly("we went out, all of us, and walked.");
  }

  @Test
  void leavesAClauseWhoseRestIsTooShortWithIt() {
    assertThat(
            texts(TextCutter.of("Thank you very much, Tom. Bye now, everybody.", "en", 400, true)))
        .containsExactly("Thank you very much, Tom.", "Bye now, everybody.");
  }

  @Test
  void cutsALongFirstClauseBeforeAConjunction() {
    String text =
        "The old house at the end of the road was empty and nobody had lived there for a very long"
            + " time.";
    assertThat(texts(TextCutter.of(text, "en", 400, true)))
        .containsExactly(
            "The old house at the end of the road was empty",
            "and nobody had lived there for a very long time.");
  }

  @Test
  void joinsShortSentencesThatAreThere() {
    assertThat(texts(TextCutter.of("Yes. No! We will see about that.", "en", 400, false)))
        .containsExactly("Yes. No! We will see about that.");
    var cutter = new TextCutter("en", 400, true);
    assertThat(texts(cutter.add("Yes. I"))).containsExactly("Yes.");
    assertThat(texts(cutter.add(" will. So"))).containsExactly("I will.");
  }

  @Test
  void tellsWhatFollows() {
    assertThat(
            TextCutter.of(
                "One two three four. Five six seven.\n\nEight nine ten.", "en", 400, false))
        .containsExactly(
            new Cut("One two three four.", 0, 19, Pause.SENTENCE),
            new Cut("Five six seven.", 20, 35, Pause.PARAGRAPH),
            new Cut("Eight nine ten.", 37, 52, Pause.SENTENCE));
  }

  @Test
  void countsCodePoints() {
    assertThat(TextCutter.of("Well done, 😀😀 my friend. Now go on.", "en", 400, false))
        .containsExactly(
            new Cut("Well done, 😀😀 my friend.", 0, 24, Pause.SENTENCE),
            new Cut("Now go on.", 25, 35, Pause.SENTENCE));
  }

  @Test
  void dropsWhatCannotBeSpoken() {
    assertThat(TextCutter.of("First we begin.\n\n---\n\n\"...\"\n\nThen we end.", "en", 400, false))
        .containsExactly(
            new Cut("First we begin.", 0, 15, Pause.PARAGRAPH),
            new Cut("Then we end.", 29, 41, Pause.SENTENCE));
    assertThat(TextCutter.of(" \n *** ?! ", "en", 400, true)).isEmpty();
    assertThat(texts(TextCutter.of("👍", "en", 400, true))).containsExactly("👍");
  }

  @Test
  void cutsLongTextAtClausesThenWordsThenCharacters() {
    String clauses = "This goes on and on, ".repeat(10);
    assertThat(texts(TextCutter.of(clauses, "en", 100, false)).getFirst())
        .isEqualTo("This goes on and on, ".repeat(4).strip());
    String words = "word ".repeat(50);
    assertThat(texts(TextCutter.of(words, "en", 52, false)).getFirst())
        .isEqualTo("word ".repeat(10).strip());
    String families = "👩‍👩‍👧‍👦".repeat(20);
    assertThat(texts(TextCutter.of(families, "en", 50, false)))
        .allSatisfy(piece -> assertThat(piece).matches("(👩‍👩‍👧‍👦){1,4}"));
  }

  @Test
  void cutsThaiBetweenWords() {
    String text = "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน".repeat(6);
    List<String> pieces = texts(TextCutter.of(text, "th", 50, false));
    assertThat(String.join("", pieces)).isEqualTo(text);
    var words = com.ibm.icu.text.BreakIterator.getWordInstance(Locale.of("th"));
    words.setText(text);
    int at = 0;
    for (String piece : pieces.subList(0, pieces.size() - 1)) {
      at += piece.length();
      assertThat(words.isBoundary(at)).as("edge at %s", at).isTrue();
    }
  }

  @Test
  void neverCutsLongerThanFourHundred() {
    assertThat(TextCutter.of("word ".repeat(400), "en", 100_000, false))
        .allSatisfy(cut -> assertThat(cut.text().length()).isBetween(300, 400));
  }

  @Test
  void hurriesWithWholeWords() {
    var cutter = new TextCutter("en", 400, false);
    assertThat(cutter.add("The quick bro")).isEmpty();
    assertThat(cutter.hurry()).containsExactly(new Cut("The quick", 0, 9, Pause.NONE));
    assertThat(cutter.pendingCharacters()).isEqualTo(3);
    assertThat(cutter.add("wn fox")).isEmpty();
    assertThat(cutter.hurry()).containsExactly(new Cut("brown", 10, 15, Pause.NONE));
    assertThat(texts(cutter.hurry())).containsExactly("fox");
    assertThat(cutter.hurry()).isEmpty();
    assertThat(cutter.finish()).isEmpty();
  }

  @Test
  void hurriesThroughSentencesThatMayBeOver() {
    var cutter = new TextCutter("en", 400, false);
    assertThat(cutter.add("That is all.")).isEmpty();
    assertThat(cutter.hurry()).containsExactly(new Cut("That is all.", 0, 12, Pause.SENTENCE));
    assertThat(cutter.add(" It costs 3.")).isEmpty();
    assertThat(texts(cutter.hurry())).containsExactly("It costs");
    assertThat(cutter.pendingCharacters()).isEqualTo(2);
  }

  @Test
  void hurriesWithoutSpaces() {
    var chinese = new TextCutter("zh", 400, false);
    assertThat(chinese.add("我们去")).isEmpty();
    assertThat(texts(chinese.hurry())).containsExactly("我们去");
    var thai = new TextCutter("th", 400, false);
    assertThat(thai.add("สวัสดีครับ")).isEmpty();
    assertThat(texts(thai.hurry())).containsExactly("สวัสดี");
    assertThat(texts(thai.hurry())).containsExactly("ครับ");
  }

  @Test
  void keepsHalfACharacterForLater() {
    var cutter = new TextCutter("en", 400, false);
    assertThat(cutter.add("Nice work. \uD83D")).isEmpty();
    assertThat(texts(cutter.add("\uDE00 Go on"))).containsExactly("Nice work. 😀");
  }

  @Test
  void refusesABoundThatHoldsNoCharacter() {
    assertThatThrownBy(() -> new TextCutter("en", 1, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cutsAMegabyteInLinearTime() {
    String sentence = "The committee of the U.S. met at 3.30 p.m. and Mr. Smith, e.g., was late. ";
    long small = work(sentence.repeat(1_000), 7);
    long large = work(sentence.repeat(14_000), 7);
    // Fourteen times the text; a cutter that looks at all of it again would take 196 times.
    assertThat(large).isLessThan(60 * Math.max(small, Duration.ofMillis(5).toNanos()));
  }

  @Test
  void looksAtPendingTextWithinABound() {
    var cutter = new TextCutter("en", 400, true);
    for (int i = 0; i < 20_000; i++) {
      var _ = cutter.add("a.b,");
      assertThat(cutter.pendingCharacters()).isLessThan(400 + PieceScan.AHEAD + 4);
    }
  }

  private static long work(String text, int step) {
    long before = System.nanoTime();
    var cutter = new TextCutter("en", 400, true);
    int pieces = 0;
    for (int i = 0; i < text.length(); i += step) {
      pieces += cutter.add(text.substring(i, Math.min(text.length(), i + step))).size();
    }
    pieces += cutter.finish().size();
    assertThat(pieces).isGreaterThan(900);
    return System.nanoTime() - before;
  }

  private static List<String> texts(List<Cut> cuts) {
    var texts = new ArrayList<String>();
    cuts.forEach(cut -> texts.add(cut.text()));
    return texts;
  }

  @Test
  void countsALateClosingQuoteToNoPiece() {
    TextCutter cutter = new TextCutter("en", 20, false);
    List<Cut> cuts = new ArrayList<>();
    "a。\"aaaawordwordword bbbb"
        .chars()
        .forEach(letter -> cuts.addAll(cutter.add(Character.toString(letter))));
    cuts.addAll(cutter.finish());
    assertThat(cuts).extracting(Cut::text).containsExactly("a。", "aaaawordwordword", "bbbb");
  }
}
