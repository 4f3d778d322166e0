package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Segment;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.OptionalDouble;

/**
 * What the caller of a live recognition is told: {@link Started} first, then {@link Result}s and
 * {@link Heard}s in the order of the sound, at the end one {@link Summary}. When the reader is slow
 * interims are left out, nothing else.
 */
public sealed interface LiveEvent {

  /** How much of the sound has been recognised, in ms from the first sample. */
  long processedMs();

  /** The settings in effect, nothing of them open. */
  record Started(LiveOrder effective, long processedMs) implements LiveEvent {}

  /**
   * What was said in a stretch. An interim is replaced by the next result of the same id; a final
   * never changes.
   *
   * @param id from 0
   * @param isFinal whether it stays as it is
   * @param stableChars how many UTF-16 units of the text, from its start, will not change; all of
   *     them in a final
   * @param stability how likely an interim stays as it is, 0..1
   */
  record Result(
      int id,
      Segment segment,
      boolean isFinal,
      int stableChars,
      OptionalDouble stability,
      long processedMs)
      implements LiveEvent {}

  /**
   * Something that happened in the sound.
   *
   * @param offsetMs when, from the first sample of the stream
   * @param turn which turn, from 0
   * @param probability how sure it is, 0..1
   */
  record Heard(Kind kind, long offsetMs, int turn, OptionalDouble probability, long processedMs)
      implements LiveEvent {

    /** What happened. */
    public enum Kind {
      SPEECH_STARTED,
      SPEECH_STOPPED,
      EAGER_END_OF_TURN,
      TURN_RESUMED,
      END_OF_TURN,
      FINALIZED
    }
  }

  /** The stream is over: all finals together. */
  record Summary(RecognizedEvent.Written all, long processedMs) implements LiveEvent {}
}
