package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.recognition.seam.Hypothesis;
import dev.parley.testkit.content.TimedWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LocalAgreementTest {

  private LocalAgreement agreement = new LocalAgreement();

  private String stable() {
    return agreement.text().substring(0, agreement.stableChars());
  }

  private void hear(String text) {
    agreement.hear(Hypothesis.of(text));
  }

  @Test
  void oneReadingMakesNothingStable() {
    hear("we go home");
    assertThat(agreement.text()).isEqualTo("we go home");
    assertThat(stable()).isEmpty();
  }

  @Test
  void twoReadingsMakeStableWhatTheyShareButForTheirLastWord() {
    hear("We go hom");
    hear("we go home to");
    assertThat(agreement.text()).isEqualTo("we go home to");
    assertThat(stable()).isEqualTo("we go");
    hear("we go home too");
    assertThat(stable()).isEqualTo("we go home");
  }

  @Test
  void punctuationStaysOpenUntilTheNextWordIsStable() {
    hear("Hello. We");
    hear("Hello, we are");
    assertThat(stable()).isEqualTo("Hello");
    agreement.finish(Hypothesis.of("Hello, we are here."));
    assertThat(agreement.text()).isEqualTo("Hello, we are here.");
    assertThat(agreement.stableChars()).isEqualTo(agreement.text().length());
  }

  @Test
  void whatWasToldStaysWhenTheLastReadingDiffers() {
    hear("I see the sea today");
    hear("I see the sea today and");
    assertThat(stable()).isEqualTo("I see the sea");
    agreement.finish(Hypothesis.of("Icy the sea today and always."));
    assertThat(agreement.text()).isEqualTo("I see the sea today and always.");
  }

  @Test
  void whatWasToldStaysWhenTheLastReadingIsEmpty() {
    hear("so it is now");
    hear("so it is now");
    agreement.finish(Hypothesis.EMPTY);
    assertThat(agreement.text()).isEqualTo("so it is");
  }

  @Test
  void timesDecideWhereWordsDoNot() {
    var first = List.of(word("a", 0), word("b", 1), word("c", 2), word("x", 3));
    agreement.hear(Hypothesis.of(HearingClips.written(first, 4, true)));
    agreement.hear(Hypothesis.of(HearingClips.written(first, 4, true)));
    assertThat(stable()).isEqualTo("a b c");
    // "d" may stand for "c", or "c" was left out: it was said later.
    var last = List.of(word("a", 0), word("b", 1), word("d", 3), word("e", 4));
    agreement.finish(Hypothesis.of(HearingClips.written(last, 5, true)));
    assertThat(agreement.text()).isEqualTo("a b c d e");
    assertThat(agreement.words().stream().map(w -> w.text()))
        .containsExactly("a", "b", "c", "d", "e");
  }

  private static TimedWord word(String text, double start) {
    return new TimedWord(text, start, start + 0.5);
  }

  @Test
  void scriptsWithoutSpacesGrowLetterByLetter() {
    hear("今天天");
    hear("今天天气很");
    assertThat(stable()).isEqualTo("今天");
    agreement.finish(Hypothesis.of("今天天气很好。"));
    assertThat(agreement.text()).isEqualTo("今天天气很好。");
  }

  /** Readings of more and more of a sentence, in which words at the end are often wrong. */
  @Property(tries = 500)
  void stableWordsStayAndNothingIsLostOrDoubled(@ForAll Random random) {
    agreement = new LocalAgreement();
    var said = new ArrayList<String>();
    for (var i = 0; i < 3 + random.nextInt(30); i++) {
      said.add("w" + random.nextInt(12));
    }
    var told = "";
    for (var heard = 1; heard <= said.size(); heard += 1 + random.nextInt(3)) {
      var words = new ArrayList<>(said.subList(0, heard));
      if (random.nextBoolean()) {
        words.set(heard - 1, "wrong" + random.nextInt());
      }
      hear(String.join(random.nextBoolean() ? " " : ", ", words));
      assertThat(agreement.text()).startsWith(told);
      assertThat(stable()).startsWith(told);
      assertThat(keys(agreement.text())).isEqualTo(keys(String.join(" ", words)));
      told = stable();
    }
    agreement.finish(Hypothesis.of(String.join(" ", said)));
    assertThat(agreement.text()).startsWith(told);
    assertThat(keys(agreement.text())).isEqualTo(said);
  }

  /** Readings that have nothing to do with each other: nobody knows what is right. */
  @Property(tries = 500)
  void stableWordsStayWhateverIsRead(@ForAll Random random) {
    agreement = new LocalAgreement();
    var told = "";
    for (var round = 0; round < 12; round++) {
      hear(noise(random));
      assertThat(agreement.text()).startsWith(told);
      assertThat(stable()).startsWith(told);
      told = stable();
    }
    var last = Hypothesis.of(noise(random));
    agreement.finish(last);
    assertThat(agreement.text()).startsWith(told);
    assertThat(keys(agreement.text()).size())
        .isBetween(keys(told).size(), keys(told).size() + last.tokens().size());
  }

  private static String noise(Random random) {
    var text = new StringBuilder();
    for (var i = random.nextInt(10); i > 0; i--) {
      text.append(
          List.of("a", "b", "C", " ", ". ", ", ", "—", "字", "'", "é").get(random.nextInt(10)));
      text.append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }

  private static List<String> keys(String text) {
    return Hypothesis.of(text).tokens().stream().map(t -> t.key()).toList();
  }
}
