package dev.parley.core.speech;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One text for one target. What is asked for is within the target's {@link SynthesisAbilities}: the
 * hub sees to that.
 *
 * @param text what to say
 * @param voice who says it
 * @param language BCP 47 tag of the text; empty when unknown
 * @param speed 1 is normal
 * @param instructions how it shall sound, in words; empty: nothing special
 * @param pronunciations how phrases are spoken
 * @param marks what to report besides sound
 * @param seed same seed, same sound, as far as the model can; adapters of models that cannot leave
 *     it out
 * @param stream whether sound is wanted while it is made; false lets a server make the whole first
 * @param extra members that the schema does not model, an object; passed to the backend unchanged
 * @param requestId the id that names the call in logs and answers
 * @param headers the caller's headers that may travel on to a backend, by lower-case name
 * @param caller who calls
 */
public record SpeechCall(
    SpeechText text,
    TargetVoice voice,
    String language,
    double speed,
    String instructions,
    List<Pronunciation> pronunciations,
    Set<SpeechMark.Kind> marks,
    OptionalLong seed,
    boolean stream,
    JsonValue extra,
    String requestId,
    Map<String, String> headers,
    Caller caller) {

  public SpeechCall {
    pronunciations = List.copyOf(pronunciations);
    marks = Set.copyOf(marks);
    headers = Map.copyOf(headers);
  }
}
