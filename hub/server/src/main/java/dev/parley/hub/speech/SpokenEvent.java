package dev.parley.hub.speech;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechUsage;
import java.util.List;
import java.util.Optional;

/**
 * What a caller of a synthesis is told: {@link Begun} once and first; then for each segment its
 * sound and marks and exactly one {@link Ended}. A text that is known as a whole is segment 0.
 */
public sealed interface SpokenEvent {

  /**
   * Sound will follow.
   *
   * @param format what the bytes of all segments are, nothing of it open
   * @param voice who speaks, as the caller may name it; empty: the model's usual voice
   * @param blend how a mixture of voices came about; empty where none was asked for
   */
  record Begun(AudioFormat format, String voice, String blend) implements SpokenEvent {}

  /**
   * The next bytes of the one stream that all segments make, at most 100 ms of headerless sound.
   *
   * @param offsetMs where they begin, in ms from the first sample of the stream
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
  record Sound(int segment, byte[] bytes, long offsetMs) implements SpokenEvent {}

  /** Times count from the first sample of the segment, text from its first code point. */
  record Marks(int segment, List<SpeechMark> marks) implements SpokenEvent {
    public Marks {
      marks = List.copyOf(marks);
    }
  }

  /** No more of a segment follows. */
  record Ended(int segment, Reason reason, long durationMs, Optional<SpeechUsage> usage)
      implements SpokenEvent {

    /** Why it ended. */
    public enum Reason {
      COMPLETED,
      CANCELLED
    }
  }
}
