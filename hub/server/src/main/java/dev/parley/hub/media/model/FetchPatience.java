package dev.parley.hub.media.model;

import java.time.Duration;

/**
 * How long a download may take.
 *
 * @param connect for a connection
 * @param stall without a byte
 * @param total for one file with all its tries
 * @param tries how often it is tried, at least once
 * @param backoff before the second try; twice as long before each further one
 */
public record FetchPatience(
    Duration connect, Duration stall, Duration total, int tries, Duration backoff) {

  /** Ten seconds to connect, thirty without a byte, thirty minutes in all, four tries. */
  public static final FetchPatience DEFAULT =
      new FetchPatience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(30),
          4,
          Duration.ofSeconds(1));

  public FetchPatience {
    if (tries < 1 || tries > 10) {
      throw new IllegalArgumentException("tries: " + tries + " (expected: 1..10)");
    }
  }

  /** What to wait for after that many tries failed. */
  Duration backoff(int failed) {
    return backoff.multipliedBy(1L << (failed - 1));
  }
}
