package dev.parley.hub.resilience;

import java.time.Duration;

/**
 * What the calls of late have shown of one target: its breaker, how fast it begins to answer, and
 * whether it asked for rest. Thread-safe, and none of it waits. Times are readings of the monotonic
 * clock; each permit that is granted is to be reported back exactly once.
 */
public final class TargetState {

  /** A backend is not left alone for longer, whatever it asks for. */
  static final Duration REST_MAX = Duration.ofSeconds(60);

  private final Breaker breaker;
  private final DecayedLatency firstByte = new DecayedLatency();

  private volatile boolean rests;
  private long restsUntilNanos;

  TargetState(BreakerSettings settings) {
    this.breaker = new Breaker(settings);
  }

  void apply(BreakerSettings next) {
    breaker.apply(next);
  }

  /** Whether a call may be made there now; refused while it rests or is left alone. */
  public Permit admit(long now) {
    return restNanos(now) > 0 ? Permit.REFUSED : breaker.admit(now);
  }

  /** As {@link #admit}, for a call that has nowhere else to go; a target that rests still rests. */
  public Permit admitAsLastHope(long now) {
    return restNanos(now) > 0 ? Permit.REFUSED : breaker.admitAsLastHope(now);
  }

  /** The target answered, its first byte so long after the call was sent; -1 when not measured. */
  public void succeeded(long now, Permit permit, long firstByteMicros) {
    firstByte.measured(now, firstByteMicros);
    breaker.succeeded(now, permit);
  }

  /** The target failed. */
  public void failed(long now, Permit permit) {
    breaker.failed(now, permit);
  }

  /**
   * The target has too much to do, which is no failure; it gets the rest that it asks for, of up to
   * a minute. A longer rest that it asked for before stands.
   */
  public void busy(long now, Permit permit, Duration retryAfter) {
    breaker.abandoned(now, permit);
    Duration rest = retryAfter.compareTo(REST_MAX) < 0 ? retryAfter : REST_MAX;
    if (rest.isPositive()) {
      restUntil(now, now + rest.toNanos());
    }
  }

  /** The call ended without telling anything about the target, as when its caller left. */
  public void abandoned(long now, Permit permit) {
    breaker.abandoned(now, permit);
  }

  private synchronized void restUntil(long now, long untilNanos) {
    if (!rests || untilNanos - restsUntilNanos > 0) {
      restsUntilNanos = untilNanos;
      rests = untilNanos - now > 0;
    }
  }

  /** How long nothing should be sent there: it rests, or its breaker is open; 0 otherwise. */
  public long leftAloneNanos(long now) {
    return Math.max(restNanos(now), breaker.closedForNanos(now));
  }

  /** How long the target asked not to be called; 0 when it did not, or when that is over. */
  public long restNanos(long now) {
    return rests ? restNanosLeft(now) : 0;
  }

  private synchronized long restNanosLeft(long now) {
    long left = restsUntilNanos - now;
    rests = left > 0;
    return Math.max(0, left);
  }

  /** How it is now, with the load of the backend behind it. */
  public Vitals vitals(long now, Bulkhead bulkhead) {
    return breaker.vitals(
        now,
        restNanos(now),
        firstByte.micros(),
        bulkhead.running(),
        bulkhead.queued(),
        bulkhead.concurrency());
  }
}
