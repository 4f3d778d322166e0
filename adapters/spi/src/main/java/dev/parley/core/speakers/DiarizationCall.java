package dev.parley.core.speakers;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.SpeakerWish;
import java.util.Map;

/**
 * A recording of which the speakers are wanted.
 *
 * @param clip within the target's {@link DiarizationAbilities}
 * @param speakers what is known of them; known ones only as far as the target takes them
 * @param extra members that the schema does not model, an object; passed on unchanged
 * @param requestId the id that names the call in logs and answers
 * @param headers the caller's headers that may travel on to a backend, by lower-case name
 * @param caller who calls
 */
public record DiarizationCall(
    Clip clip,
    SpeakerWish speakers,
    JsonValue extra,
    String requestId,
    Map<String, String> headers,
    Caller caller) {
  public DiarizationCall {
    headers = Map.copyOf(headers);
  }
}
