package dev.parley.hub.voice;

import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is moved. */
final class MovableClock implements Clock {

  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

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
