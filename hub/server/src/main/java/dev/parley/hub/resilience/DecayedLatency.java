package dev.parley.hub.resilience;

/**
 * The mean of what was measured, in which a measurement weighs less the older it is: a third after
 * half a minute. With nothing new the mean stays as it was. Thread-safe; reading never waits.
 */
final class DecayedLatency {

  private static final double TIME_CONSTANT_NANOS = 30e9;

  private double sum;
  private double weight;
  private long lastNanos;
  private volatile long micros = -1;

  /** Takes a measurement in microseconds; one below zero was not made and is left out. */
  synchronized void measured(long now, long measuredMicros) {
    if (measuredMicros < 0) {
      return;
    }
    long age = weight == 0 ? 0 : Math.max(0, now - lastNanos);
    double decay = Math.exp(-age / TIME_CONSTANT_NANOS);
    sum = sum * decay + measuredMicros;
    weight = weight * decay + 1;
    lastNanos = weight == 1 ? now : lastNanos + age;
    micros = Math.round(sum / weight);
  }

  /** The mean in microseconds; -1 when nothing was measured. */
  long micros() {
    return micros;
  }
}
