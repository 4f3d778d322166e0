package dev.parley.hub.telemetry;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests their places in traces: below the caller's where it has one, and sampled as the
 * caller decided; else in a trace of their own, of which a share is sampled. Thread-safe.
 */
public final class Tracing {

  private final RandomGenerator random;
  private final double share;

  /**
   * @param random draws ids and lots; thread-safe
   * @param share of the traces that begin here, from 0 to 1, that are sampled
   */
  public Tracing(RandomGenerator random, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + " (expected: 0..1)");
    }
    this.random = random;
    this.share = share;
  }

  /**
   * The places of one request.
   *
   * @param parent the caller's place; empty when the trace begins here
   * @param own the request's place
   */
  public record Place(Optional<TraceContext> parent, TraceContext own) {}

  /**
   * The place of a request.
   *
   * @param header the caller's {@code traceparent}; what is none counts as not given
   */
  public Place of(@Nullable String header) {
    Optional<TraceContext> parent = header == null ? Optional.empty() : TraceContext.parse(header);
    return new Place(
        parent,
        parent
            .map(caller -> caller.child(random))
            .orElseGet(() -> TraceContext.root(random, random.nextDouble() < share)));
  }

  TraceContext below(TraceContext place) {
    return place.child(random);
  }
}
