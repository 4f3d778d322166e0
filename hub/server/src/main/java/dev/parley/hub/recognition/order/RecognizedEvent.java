package dev.parley.hub.recognition.order;

import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import java.util.List;

/**
 * What the caller of a recognition is told, in the order of the sound: {@link Delta}s when a stream
 * was asked for; a {@link Stretch} for each segment as soon as it is known; at the end one {@link
 * Written}.
 */
public sealed interface RecognizedEvent {

  /**
   * More of the text; all of them together are the text of {@link Written}.
   *
   * @param text appended as it is, spaces included
   */
  record Delta(String text, List<TokenLogprob> logprobs) implements RecognizedEvent {
    public Delta {
      logprobs = List.copyOf(logprobs);
    }
  }

  /**
   * A segment that will not change any more; its times count from the start of the sound. With
   * speakers it carries one, and all of its words do.
   *
   * @param id from 0
   * @param channel from 0; 0 unless channels are separate
   */
  record Stretch(int id, int channel, Segment segment) implements RecognizedEvent {}

  /**
   * All is written down.
   *
   * @param transcript the whole; its segments are those of the stretches, its length is that of the
   *     sound
   * @param stretches all of them, by their start
   */
  record Written(Transcript transcript, List<Stretch> stretches) implements RecognizedEvent {
    public Written {
      stretches = List.copyOf(stretches);
    }
  }
}
