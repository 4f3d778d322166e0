package dev.parley.hub.telemetry;

import dev.parley.core.model.Caller;
import dev.parley.core.model.DocumentCall;

/**
 * What is known of a call when it begins.
 *
 * @param requestId names it in logs and answers
 * @param kind what is asked for, a word of a fixed set such as {@code chat}
 * @param model the name that the caller used; may be empty
 * @param stream whether the answer is wanted piece by piece
 * @param caller who calls
 */
public record CallFacts(
    String requestId, String kind, String model, boolean stream, Caller caller) {

  /** Of a document. */
  public static CallFacts of(DocumentCall call) {
    return new CallFacts(
        call.requestId(),
        call.kind().wireName(),
        call.head().model(),
        call.head().stream(),
        call.caller());
  }
}
