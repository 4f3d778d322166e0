package dev.parley.core.model;

import dev.parley.core.json.JsonValue;
import java.util.Map;

/**
 * One chat, completion or embedding call: the JSON document as the caller wrote it, with its parsed
 * head. Immutable; an attempt on a target edits a copy.
 *
 * @param kind which call it is
 * @param document the request, an object of OpenAI's dialect
 * @param head what was read from it
 * @param requestId the id that names the call in logs and answers
 * @param headers the caller's headers that may travel on to a backend, by lower-case name
 */
public record DocumentCall(
    CallKind kind,
    JsonValue document,
    CallHead head,
    String requestId,
    Map<String, String> headers) {

  public DocumentCall {
    headers = Map.copyOf(headers);
  }
}
