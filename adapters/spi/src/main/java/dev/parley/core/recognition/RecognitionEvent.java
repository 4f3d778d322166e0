package dev.parley.core.recognition;

import java.util.List;

/**
 * What a backend answers to a {@link RecognitionCall}: first {@link Opened}; if a stream was asked
 * for and the server streams, {@link Delta}s; then exactly one {@link Answer}, then completion. Or
 * a {@link dev.parley.core.error.HubException}.
 */
public sealed interface RecognitionEvent {

  /** The backend accepted the call. */
  record Opened() implements RecognitionEvent {}

  /**
   * More of the text, never changed later; appended as it is, spaces included.
   *
   * @param text never empty
   * @param logprobs of its tokens; empty unless asked for
   */
  record Delta(String text, List<TokenLogprob> logprobs) implements RecognitionEvent {
    public Delta {
      logprobs = List.copyOf(logprobs);
    }
  }

  /** All of it. Its text is that of the deltas, where there were some. */
  record Answer(Transcript transcript) implements RecognitionEvent {}
}
