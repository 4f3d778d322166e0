package dev.parley.hub.speech;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechUsage;
import java.util.List;

/** What comes back for one piece of the text, whichever target speaks it. */
sealed interface UnitEvent {

  /**
   * A target begins to speak the piece.
   *
   * @param again whether another one had begun it: what of it was heard is not to be heard again
   * @param speed what is left to be done to its pace
   * @param voice who speaks, where the caller may want to know
   * @param blend how a mixture of voices came about; empty where none was asked for
   * @param streams whether sound comes while it is made
   */
  record Opened(
      AudioFormat format, double speed, String voice, String blend, boolean streams, boolean again)
      implements UnitEvent {}

  /** The next bytes. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
  record Sound(byte[] bytes) implements UnitEvent {}

  /** Where pieces of the text are in the sound of this piece. */
  record Marks(List<SpeechMark> marks) implements UnitEvent {
    public Marks {
      marks = List.copyOf(marks);
    }
  }

  /** What the backend counted. */
  record Counted(SpeechUsage usage) implements UnitEvent {}
}
