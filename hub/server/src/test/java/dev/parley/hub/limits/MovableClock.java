package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is moved. */
final class MovableClock implements Clock {

  private final AtomicLong millis = new AtomicLong();

  MovableClock(Instant start) {
    millis.set(start.toEpochMilli());
  }

  /** On a Saturday at noon. */
  static MovableClock atNoon() {
    return new MovableClock(Instant.parse("2026-11-21T12:00:00Z"));
  }

  void advance(Duration time) {
    millis.addAndGet(time.toMillis());
  }

  @Override
  public long nanoTime() {
    return TimeUnit.MILLISECONDS.toNanos(millis.get());
  }

  @Override
  public long epochMillis() {
    return millis.get();
  }
}
