package dev.parley.hub.bench.load;

import java.time.Duration;

/**
 * When a load ends: no request is started past either bound, and what is answered later than the
 * time does not count.
 *
 * @param requests at least 1
 * @param nanos more than 0
 */
public record Until(long requests, long nanos) {

  /** Far beyond any measurement, and small enough to add to a clock's reading. */
  private static final long FOREVER_NANOS = Duration.ofHours(1).toNanos();

  public Until {
    if (requests < 1 || nanos < 1) {
      throw new IllegalArgumentException("requests, nanos: " + requests + ", " + nanos);
    }
  }

  /** So many requests, however long they take. */
  public static Until requests(long requests) {
    return new Until(requests, FOREVER_NANOS);
  }

  /** As many requests as go. */
  public static Until elapsed(Duration time) {
    return new Until(Long.MAX_VALUE, time.toNanos());
  }
}
