package dev.parley.core.model;

import dev.parley.core.json.JsonValue;
import java.util.HashMap;
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
 * @param caller who calls
 */
public record DocumentCall(
    CallKind kind,
    JsonValue document,
    CallHead head,
    String requestId,
    Map<String, String> headers,
    Caller caller) {

  public DocumentCall {
    headers = Map.copyOf(headers);
  }

  /**
   * What decides where this call goes.
   *
   * @param amounts how much the document asks for
   */
  public Traits traits(Amounts amounts) {
    return new Traits(
        kind.capability(),
        head.model(),
        head.stream(),
        head.inputs(),
        head.outputs(),
        "",
        "",
        amounts,
        caller,
        head.link());
  }

  /** The same call with another document. */
  public DocumentCall withDocument(JsonValue other) {
    return new DocumentCall(kind, other, head, requestId, headers, caller);
  }

  /** The same call with one more header for the backend, or another value of it. */
  public DocumentCall withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return withHeaders(more);
  }

  /** The same call with other headers for the backend. */
  public DocumentCall withHeaders(Map<String, String> others) {
    return new DocumentCall(kind, document, head, requestId, others, caller);
  }
}
