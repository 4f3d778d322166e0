package dev.parley.adapters.vllmomni;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BareTextTest {

  private static String bare(String answer, int piece) {
    BareText text = new BareText();
    StringBuilder given = new StringBuilder();
    for (int from = 0; from < answer.length(); from += piece) {
      given.append(text.add(answer.substring(from, Math.min(answer.length(), from + piece))));
    }
    given.append(text.end());
    assertThat(text.whole()).isEqualTo(given.toString());
    return given.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'  Hello.\n', Hello.",
    "'\"Hello.\"', Hello.",
    "'“Hello.”', Hello.",
    "'„Guten Tag.“ ', Guten Tag.",
    "'Here is the transcription:\n\nHello.', Hello.",
    "'Sure! Here’s the transcription of the audio:\n\"Hello.\"', Hello.",
    "'Translation:\nGood day.', Good day.",
    "'The transcript is: \nHello.\nBye.', 'Hello.\nBye.'"
  })
  void leavesOutWhatCertainlyIsNotSaid(String answer, String text) {
    for (int piece : new int[] {1, 3, 7, 1_000}) {
      assertThat(bare(answer, piece)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Yes\", he said, \"no\"",
        "\"Yes\", he said.",
        "Transcription: a short history.",
        "Here is the transcript of your life.",
        "The translation is: not easy.",
        "Sure, here we are.",
        "\"",
        "He said \"no\"",
        "«A» and «B»"
      })
  void keepsWhatMayBeSaid(String answer) {
    for (int piece : new int[] {1, 4, 1_000}) {
      assertThat(bare(answer, piece)).isEqualTo(answer);
    }
  }

  @Property
  void anySplitGivesTheSame(
      @ForAll @StringLength(max = 60) String answer,
      @ForAll @IntRange(min = 1, max = 9) int piece) {
    assertThat(bare(answer, piece)).isEqualTo(bare(answer, 1_000));
  }

  @Test
  void passesOnWhatIsCertainAtOnce() {
    BareText text = new BareText();
    assertThat(List.of(text.add(" He"), text.add("llo "), text.add("wor"), text.add("ld.\n")))
        .containsExactly("", "Hello", " wor", "ld.");
    assertThat(text.end()).isEmpty();
  }

  @Test
  void silenceIsNothing() {
    assertThat(bare("", 1)).isEmpty();
    assertThat(bare(" \n ", 1)).isEmpty();
    assertThat(bare("\"\"", 1)).isEmpty();
    assertThat(bare("Transcription:\n", 1)).isEmpty();
  }
}
