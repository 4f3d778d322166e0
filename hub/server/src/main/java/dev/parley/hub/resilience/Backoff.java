package dev.parley.hub.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to pause before a try again: anything between nothing and a bound that doubles with each
 * failed try, so that callers who failed together do not come back together. Immutable.
 *
 * @param base bound of the first pause; not negative
 * @param max bound of all; not negative
 */
public record Backoff(Duration base, Duration max) {

  public Backoff {
    if (base.isNegative() || max.isNegative()) {
      throw new IllegalArgumentException(
          "backoff: " + base + ", " + max + " (expected: not negative)");
    }
  }

  /** A pause after so many failed tries, at least 1; each length up to the bound is as likely. */
  public Duration delay(int failedTries, RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(boundNanos(failedTries) + 1));
  }

  private long boundNanos(int failedTries) {
    if (failedTries < 1) {
      throw new IllegalArgumentException("failed tries: " + failedTries + " (expected: 1 or more)");
    }
    int doublings = Math.min(failedTries - 1, Long.SIZE - 2);
    long maxNanos = max.toNanos();
    return base.toNanos() > maxNanos >> doublings ? maxNanos : base.toNanos() << doublings;
  }
}
