package dev.parley.hub.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a target alone while it fails, and brings it back step by step.
 *
 * <pre>
 *            failures in a row, or too many in the window
 *   CLOSED ------------------------------------------------> OPEN <-----------+
 *     ^                                                      |  ^             |
 *     |                                          cool-down   |  | a probe     | any failure
 *     |                                          is over     v  | failed      | (longer cool-down)
 *     |                                                   HALF_OPEN           |
 *     |                                                      | a probe        |
 *     |  ramp is over (cool-down is short again)             v succeeded      |
 *     +------------------------------------------------- RECOVERING ----------+
 * </pre>
 *
 * <p>Each time the target fails on its way back the next cool-down is twice as long, up to a bound.
 * While recovering all calls are let through: how many should come at all is {@link Vitals#share},
 * for whoever chooses targets; here, where there may be no other target, a refusal would only be an
 * outage. Of calls that were let through before the last opening no outcome counts any more.
 *
 * <p>Thread-safe; every operation is short and, but for openings, allocates nothing. Times are
 * readings of the monotonic clock.
 */
final class Breaker {

  private static final double SHARE_MIN = 0.1;

  private BreakerSettings settings;
  private OutcomeWindow window;
  private Vitals.Breaker state = Vitals.Breaker.CLOSED;

  /** When the state began. */
  private long sinceNanos;

  /** How long it is open, or was the last time; starts anew after a full recovery. */
  private long coolDownNanos;

  private long openings;
  private int failuresInRow;
  private Permit call = new Permit(Permit.Kind.CALL, 0);

  /** Every probe that holds a place has this one; a probe with another has lost its place. */
  private Permit probe = new Permit(Permit.Kind.PROBE, 0);

  private int probesOut;
  private long lastProbeNanos;

  /** What calls get while it is closed, without waiting for a lock; else null. */
  private volatile @Nullable Permit atOnce = call;

  Breaker(BreakerSettings settings) {
    this.settings = settings;
    this.window = new OutcomeWindow(settings.window());
  }

  /** Applies other settings from now on; a longer or shorter window starts empty. */
  synchronized void apply(BreakerSettings next) {
    if (!next.window().equals(settings.window())) {
      window = new OutcomeWindow(next.window());
    }
    settings = next;
    coolDownNanos = Math.min(coolDownNanos, next.coolDownMax().toNanos());
  }

  /**
   * Whether a call may be made. Each permit but a refusal is to be reported back with one of {@link
   * #succeeded}, {@link #failed} and {@link #abandoned}; a probe that is not loses its place in
   * time.
   */
  Permit admit(long now) {
    Permit usual = atOnce;
    return usual != null ? usual : admitWithCare(now);
  }

  /**
   * As {@link #admit}, for a call that has nowhere else to go: an open breaker is tried after the
   * first cool-down, however long it has grown, as nobody is spared by waiting longer.
   */
  Permit admitAsLastHope(long now) {
    Permit usual = admit(now);
    return usual.isGranted() ? usual : halfOpenedEarly(now);
  }

  private synchronized Permit halfOpenedEarly(long now) {
    if (state == Vitals.Breaker.OPEN && now - sinceNanos >= settings.coolDown().toNanos()) {
      state = Vitals.Breaker.HALF_OPEN;
    }
    return state == Vitals.Breaker.HALF_OPEN ? probe(now) : Permit.REFUSED;
  }

  private synchronized Permit admitWithCare(long now) {
    turn(now);
    return switch (state) {
      case CLOSED, RECOVERING -> call;
      case OPEN -> Permit.REFUSED;
      case HALF_OPEN -> probe(now);
    };
  }

  private Permit probe(long now) {
    if (placesTaken(now)) {
      return Permit.REFUSED;
    }
    if (probesOut >= settings.probes()) {
      // Those who have them were not heard of for too long.
      probesOut = 0;
      probe = new Permit(Permit.Kind.PROBE, openings);
    }
    probesOut++;
    lastProbeNanos = now;
    return probe;
  }

  private boolean placesTaken(long now) {
    return probesOut >= settings.probes()
        && now - lastProbeNanos < settings.coolDownMax().toNanos();
  }

  /** The target answered. */
  synchronized void succeeded(long now, Permit permit) {
    if (!permit.isOf(openings)) {
      return;
    }
    turn(now);
    window.succeeded(now);
    failuresInRow = 0;
    if (state == Vitals.Breaker.HALF_OPEN) {
      state = Vitals.Breaker.RECOVERING;
      sinceNanos = now;
      turn(now);
    }
  }

  /** The target failed. */
  synchronized void failed(long now, Permit permit) {
    if (!permit.isOf(openings)) {
      return;
    }
    turn(now);
    window.failed(now);
    failuresInRow++;
    switch (state) {
      case CLOSED -> {
        if (failuresInRow >= settings.failures() || failsTooOften(now)) {
          open(now, settings.coolDown());
        }
      }
      case HALF_OPEN, RECOVERING -> open(now, longerCoolDown());
      // Nothing was let through since it opened.
      case OPEN -> {}
    }
  }

  /** The call ended without telling anything about the target. */
  synchronized void abandoned(long now, Permit permit) {
    turn(now);
    if (permit == probe && probesOut > 0) {
      probesOut--;
    }
  }

  private boolean failsTooOften(long now) {
    int calls = window.calls(now);
    return calls >= settings.callsMin()
        && window.failures(now) * 100L >= (long) calls * settings.errorPercent();
  }

  private Duration longerCoolDown() {
    Duration twice = Duration.ofNanos(coolDownNanos).multipliedBy(2);
    return twice.compareTo(settings.coolDownMax()) < 0 ? twice : settings.coolDownMax();
  }

  private void open(long now, Duration coolDown) {
    state = Vitals.Breaker.OPEN;
    sinceNanos = now;
    coolDownNanos = coolDown.toNanos();
    openings++;
    call = new Permit(Permit.Kind.CALL, openings);
    probe = new Permit(Permit.Kind.PROBE, openings);
    probesOut = 0;
    atOnce = null;
  }

  /** Does what time alone brings about. */
  private void turn(long now) {
    if (state == Vitals.Breaker.OPEN && now - sinceNanos >= coolDownNanos) {
      state = Vitals.Breaker.HALF_OPEN;
    } else if (state == Vitals.Breaker.RECOVERING
        && now - sinceNanos >= settings.ramp().toNanos()) {
      state = Vitals.Breaker.CLOSED;
      failuresInRow = 0;
      window.clear();
      atOnce = call;
    }
  }

  /** Its part of a target's vitals, with those that others know. */
  synchronized Vitals vitals(
      long now, long restNanos, long firstByteMicros, int running, int queued, int concurrency) {
    turn(now);
    return new Vitals(
        state,
        Math.max(restNanos, leftAloneNanos(now)),
        share(now),
        firstByteMicros,
        window.calls(now),
        window.failures(now),
        running,
        queued,
        concurrency);
  }

  /** How long until it lets a call through, as far as can be told; 0 when it does so now. */
  synchronized long closedForNanos(long now) {
    turn(now);
    return leftAloneNanos(now);
  }

  private long leftAloneNanos(long now) {
    return switch (state) {
      case CLOSED, RECOVERING -> 0;
      case OPEN -> coolDownNanos - (now - sinceNanos);
      // Nobody knows when a probe comes back, so this is when to look again.
      case HALF_OPEN -> placesTaken(now) ? settings.coolDown().toNanos() : 0;
    };
  }

  private double share(long now) {
    return switch (state) {
      case CLOSED -> 1;
      case OPEN, HALF_OPEN -> SHARE_MIN;
      case RECOVERING -> {
        double done = (double) Math.max(0, now - sinceNanos) / settings.ramp().toNanos();
        yield SHARE_MIN + (1 - SHARE_MIN) * done;
      }
    };
  }
}
