package dev.parley.hub.resilience;

/**
 * How one target is at one moment, as the calls of late show it: what a plan is made of besides the
 * configuration. Immutable.
 *
 * @param breaker whether it is trusted
 * @param leftAloneNanos how long nothing should be sent there: the cool-down of an open breaker, or
 *     the rest that a busy backend asked for; 0 when calls are welcome
 * @param share part of the calls that it should get while it recovers, above 0 to 1
 * @param firstByteMicros decayed time to the first byte; -1 when nothing was measured
 * @param calls outcomes in the window
 * @param failures failures among them
 * @param running calls in flight at its backend
 * @param queued calls that wait there
 * @param concurrency places of its backend
 */
public record Vitals(
    Breaker breaker,
    long leftAloneNanos,
    double share,
    long firstByteMicros,
    int calls,
    int failures,
    int running,
    int queued,
    int concurrency) {

  /** What the breaker makes of a target. */
  public enum Breaker {
    /** Trusted. */
    CLOSED,
    /** Failed too often: left alone. */
    OPEN,
    /** A few calls may try it. */
    HALF_OPEN,
    /** Answers again, and gets more calls step by step. */
    RECOVERING
  }

  /** A target that nobody has called yet. */
  public static Vitals fresh(int concurrency) {
    return fresh(0, 0, concurrency);
  }

  /** A target that nobody has called yet, of a backend that others have. */
  static Vitals fresh(int running, int queued, int concurrency) {
    return new Vitals(Breaker.CLOSED, 0, 1, -1, 0, 0, running, queued, concurrency);
  }

  /** Part of its places that are taken, those who wait included. */
  public double load() {
    return (double) (running + queued) / concurrency;
  }
}
