package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;

/** The hub's clock as buckets read it. */
final class Time {

  private Time() {}

  /** For buckets of this process. */
  static TimeMeter monotonic(Clock clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return clock.nanoTime();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }

  /** For buckets that hubs share. */
  static TimeMeter wall(Clock clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return TimeUnit.MILLISECONDS.toNanos(clock.epochMillis());
      }

      @Override
      public boolean isWallClockBased() {
        return true;
      }
    };
  }
}
