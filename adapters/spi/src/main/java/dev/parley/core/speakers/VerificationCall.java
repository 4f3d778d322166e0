package dev.parley.core.speakers;

import dev.parley.core.model.Caller;
import dev.parley.core.recognition.Clip;
import java.util.Map;

/**
 * Two recordings to compare.
 *
 * @param requestId the id that names the call in logs and answers
 * @param headers the caller's headers that may travel on to a backend, by lower-case name
 * @param caller who calls
 */
public record VerificationCall(
    Clip one, Clip other, String requestId, Map<String, String> headers, Caller caller) {
  public VerificationCall {
    headers = Map.copyOf(headers);
  }
}
