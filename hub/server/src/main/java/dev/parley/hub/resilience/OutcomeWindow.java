package dev.parley.hub.resilience;

import java.time.Duration;

/**
 * How the calls of late ended. It slides in tenths: what it counts happened within the window, and
 * what happened in its last nine tenths is counted for sure. Not thread-safe; each operation takes
 * the same short time whatever the number of calls.
 */
final class OutcomeWindow {

  private static final int BUCKETS = 10;

  private final RollingCount calls;
  private final RollingCount failures;

  OutcomeWindow(Duration length) {
    long bucketNanos = Math.max(1, length.toNanos() / BUCKETS);
    this.calls = new RollingCount(BUCKETS, bucketNanos);
    this.failures = new RollingCount(BUCKETS, bucketNanos);
  }

  void succeeded(long now) {
    calls.add(now);
  }

  void failed(long now) {
    calls.add(now);
    failures.add(now);
  }

  /** Outcomes in the window. */
  int calls(long now) {
    return calls.total(now);
  }

  /** Failures among them. */
  int failures(long now) {
    return failures.total(now);
  }

  void clear() {
    calls.clear();
    failures.clear();
  }
}
