package dev.parley.hub.edge.error;

import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure as callers see it, whatever they speak.
 *
 * @param reason stable word of the hub, such as {@code MODEL_NOT_FOUND}
 * @param grpc status code for gRPC callers
 * @param http status for HTTP callers
 * @param message what happened and what to do next
 * @param type OpenAI's {@code error.type}
 * @param code OpenAI's {@code error.code}
 * @param param the member of the request that is wrong; null when none is
 * @param retry whether and when repeating the call makes sense
 * @param detail the typed detail that goes with the reason
 * @param metadata facts for programs: model, backend, upstream_status, stage, emitted
 */
public record ErrorView(
    String reason,
    Status.Code grpc,
    int http,
    String message,
    String type,
    String code,
    @Nullable String param,
    Retry retry,
    Detail detail,
    Map<String, String> metadata) {

  public ErrorView {
    metadata = Map.copyOf(metadata);
  }

  /** Whether repeating the same call makes sense. */
  public sealed interface Retry {
    /** Never: the answer would be the same, or output was already given. */
    record No() implements Retry {}

    /** The caller may decide. */
    record Perhaps() implements Retry {}

    /** Yes, after a delay. */
    record After(Duration delay) implements Retry {}
  }

  /** The typed detail beside {@code ErrorInfo}. */
  public sealed interface Detail {
    /** Nothing further. */
    record None() implements Detail {}

    /** A member of the request. */
    record Field(String path, String description) implements Detail {}

    /** Something that does not exist. */
    record Resource(String kind, String name) implements Detail {}

    /** A limit that was passed. */
    record Limit(String subject, String description) implements Detail {}

    /** A condition that the target does not meet. */
    record Precondition(String subject, String description) implements Detail {}
  }
}
