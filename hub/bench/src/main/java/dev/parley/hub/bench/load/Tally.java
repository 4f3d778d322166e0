package dev.parley.hub.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/** Counts what comes back while a load runs, and knows when it is over. One event loop only. */
final class Tally {

  private static final long NANOS_MAX = Duration.ofMinutes(1).toNanos();
  private static final int DIGITS = 3;

  private final Until until;
  private final Histogram nanos = new Histogram(NANOS_MAX, DIGITS);
  private final CompletableFuture<Measured> result = new CompletableFuture<>();
  private final long startNanos = System.nanoTime();
  private long lastNanos = startNanos;
  private long started;
  private long count;
  private long failures;
  private long late;
  private long lost;
  private int running;

  Tally(Until until, int connections) {
    this.until = until;
    this.running = connections;
  }

  CompletableFuture<Measured> result() {
    return result;
  }

  /** Whether one more request may be sent; it counts as sent then. */
  boolean takeRequest(long now) {
    if (started >= until.requests() || now - startNanos >= until.nanos()) {
      return false;
    }
    started++;
    return true;
  }

  void counted(long now) {
    if (now - startNanos <= until.nanos()) {
      count++;
      lastNanos = now;
    }
  }

  void took(long howLong) {
    nanos.recordValue(Math.clamp(howLong, 1, NANOS_MAX));
  }

  void underWay(long howLong) {
    took(howLong);
    if (howLong > Measured.LATE.toNanos()) {
      late++;
    }
  }

  void failed() {
    failures++;
  }

  void lost(long deltas) {
    lost += deltas;
  }

  /** A connection has sent its last request and seen its answer, or broke. */
  void connectionDone() {
    if (--running == 0) {
      long end = until.requests() == Long.MAX_VALUE ? startNanos + until.nanos() : lastNanos;
      Duration elapsed = Duration.ofNanos(end - startNanos);
      result.complete(new Measured(count, failures, elapsed, nanos, late, lost));
    }
  }
}
