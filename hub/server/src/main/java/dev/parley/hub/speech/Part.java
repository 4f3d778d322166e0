package dev.parley.hub.speech;

import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechUsage;
import java.util.List;

/** What the pieces of a text give, in the order in which a caller hears it. */
sealed interface Part {

  /** A piece begins, or begins again with another target. */
  record Begins(Unit.Piece piece, UnitEvent.Opened opened) implements Part {}

  /** Bytes of the piece that began last. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
  record Sound(byte[] bytes) implements Part {}

  /** Marks of the piece that began last, counted from its own first sample and code point. */
  record Marks(List<SpeechMark> marks) implements Part {
    public Marks {
      marks = List.copyOf(marks);
    }
  }

  /** Tokens of the piece that began last. */
  record Counted(SpeechUsage usage) implements Part {}

  /** A piece, or a segment, is complete. */
  record Done(Unit unit) implements Part {}
}
