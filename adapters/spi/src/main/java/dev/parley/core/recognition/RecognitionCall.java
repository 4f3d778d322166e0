package dev.parley.core.recognition;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One clip for one target. What is asked for is within the target's {@link RecognitionAbilities}:
 * the hub sees to that.
 *
 * @param clip what was recorded; its encoding is one that the target takes, and it is no longer and
 *     no larger than the target takes
 * @param task what is wanted
 * @param languages BCP 47 tags to expect, likeliest first; empty: any. A server that takes one
 *     language is told only a single one
 * @param prompt text that could have come before; empty: none
 * @param phrases to expect; empty: none
 * @param segments whether stretches with their times are wanted
 * @param words whether words with their times are wanted
 * @param logprobs whether probabilities of tokens are wanted
 * @param speakers present when speakers shall be told apart
 * @param temperature randomness of decoding; empty: the server's default
 * @param stream whether text is wanted while it is found; false lets a server answer at the end
 * @param extra members that the schema does not model, an object; passed to the backend unchanged
 * @param requestId the id that names the call in logs and answers
 * @param headers the caller's headers that may travel on to a backend, by lower-case name
 * @param caller who calls
 */
public record RecognitionCall(
    Clip clip,
    RecognitionTask task,
    List<String> languages,
    String prompt,
    List<Phrase> phrases,
    boolean segments,
    boolean words,
    boolean logprobs,
    Optional<SpeakerWish> speakers,
    OptionalDouble temperature,
    boolean stream,
    JsonValue extra,
    String requestId,
    Map<String, String> headers,
    Caller caller) {

  public RecognitionCall {
    languages = List.copyOf(languages);
    phrases = List.copyOf(phrases);
    headers = Map.copyOf(headers);
  }
}
