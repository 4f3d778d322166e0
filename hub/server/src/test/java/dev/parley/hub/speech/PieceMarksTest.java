package dev.parley.hub.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechText;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PieceMarksTest {

  private static SpeechMark word(String word, double start, double end, int text) {
    return new SpeechMark(
        SpeechMark.Kind.WORD, word, start, end, text, text + word.codePointCount(0, word.length()));
  }

  @Test
  void countsFromTheBeginningOfTheSegmentAndLeavesOutWhatIsNotInIt() {
    Unit.Piece second = new Unit.Piece(0, new SpeechText.Plain("so be it"), 10, true, 0);
    List<SpeechMark> placed =
        PieceMarks.placed(
            List.of(word("so", 0.1, 0.25, 0), word("be", 0.25, 0.5, 3), word("it", 0.5, 1.5, 6)),
            second,
            // The first tenth and all after a second were silence and are gone.
            seconds ->
                seconds > 1 ? OptionalDouble.empty() : OptionalDouble.of(4 + seconds - 0.125));
    assertThat(placed)
        .extracting(SpeechMark::value, SpeechMark::end, SpeechMark::textStart, SpeechMark::textEnd)
        .containsExactly(tuple("so", 4.125, 10, 12), tuple("be", 4.375, 13, 15));
  }
}
