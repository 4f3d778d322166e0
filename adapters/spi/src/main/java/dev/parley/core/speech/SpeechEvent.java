package dev.parley.core.speech;

import dev.parley.core.audio.AudioFormat;
import java.util.List;

/**
 * What a backend answers to a {@link SpeechCall}: first {@link Opened}, then sound and marks in any
 * order, at most one {@link Counted}; then completion, which means that all of the text was spoken,
 * or a {@link dev.parley.core.error.HubException}.
 */
public sealed interface SpeechEvent {

  /**
   * The backend accepted the call.
   *
   * @param format what the bytes are: headerless with rate and channels, or a container that tells
   *     them itself
   * @param voice the name of the voice that speaks, when the server chose it; else empty
   */
  record Opened(AudioFormat format, String voice) implements SpeechEvent {}

  /** The next bytes, never empty; cut anywhere. Nobody changes them any more. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
  record Sound(byte[] bytes) implements SpeechEvent {}

  /** Where pieces of the text are in the sound of this call. */
  record Marks(List<SpeechMark> marks) implements SpeechEvent {
    public Marks {
      marks = List.copyOf(marks);
    }
  }

  /** What the backend says that it took, in tokens. */
  record Counted(SpeechUsage usage) implements SpeechEvent {}
}
