package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonValue;

/**
 * Reads the answer of one call, whole or delta by delta, and tells usage from content. One instance
 * serves one call, on one thread.
 *
 * @param <R> the response message
 */
public interface AnswerReader<R> {

  /** A whole answer or the next delta. */
  R read(JsonValue json);

  /** Whether the message carries token counts. */
  boolean hasUsage(R response);

  /** The message without its token counts. */
  R withoutUsage(R response);

  /** The message without its choices and extra members. */
  R usageOnly(R response);

  /** Whether it has neither choices nor extra members. */
  boolean saysNothing(R response);
}
