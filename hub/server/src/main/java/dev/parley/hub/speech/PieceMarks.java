package dev.parley.hub.speech;

import dev.parley.core.speech.SpeechMark;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Where the marks of a piece are in its segment. Pure. */
final class PieceMarks {

  private PieceMarks() {}

  /**
   * Marks of a piece as marks of its segment; without those whose sound is not in it.
   *
   * @param secondsInSegment where in the segment a second of the piece came to lie, if anywhere
   */
  static List<SpeechMark> placed(
      List<SpeechMark> marks, Unit.Piece piece, DoubleFunction<OptionalDouble> secondsInSegment) {
    List<SpeechMark> placed = new ArrayList<>(marks.size());
    for (SpeechMark mark : marks) {
      OptionalDouble start = secondsInSegment.apply(mark.start());
      OptionalDouble end = secondsInSegment.apply(mark.end());
      if (start.isPresent() && end.isPresent()) {
        placed.add(
            new SpeechMark(
                mark.kind(),
                mark.value(),
                start.getAsDouble(),
                end.getAsDouble(),
                piece.start() + mark.textStart(),
                piece.start() + mark.textEnd()));
      }
    }
    return placed;
  }
}
