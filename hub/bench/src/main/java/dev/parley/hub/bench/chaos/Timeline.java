package dev.parley.hub.bench.chaos;

/** Where in its schedule the soak is. Safe for use by several threads. */
final class Timeline {

  private static final long NOT_BEGUN = -1;

  private final Schedule schedule;
  private volatile boolean begun;
  private volatile long startNanos;

  Timeline(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Everyone is healthy until then. */
  void begin() {
    startNanos = System.nanoTime();
    begun = true;
  }

  Schedule schedule() {
    return schedule;
  }

  /** Milliseconds since the soak began; negative before. */
  long now() {
    return begun ? (System.nanoTime() - startNanos) / 1_000_000 : NOT_BEGUN;
  }

  Condition condition(int backend) {
    return schedule.at(backend, now());
  }
}
