package dev.parley.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what has no event of its own to wait for. */
final class Waiting {

  private static final long STEP_NANOS = 1_000_000;

  private Waiting() {}

  /** The first value that is there; fails when none is within the limit. */
  static <T> T until(String what, Duration limit, Supplier<@Nullable T> value) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      T found = value.get();
      if (found != null) {
        return found;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(what + ": not within " + limit);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  /** Waits for a condition. */
  static void untilTrue(String what, Duration limit, BooleanSupplier condition) {
    until(what, limit, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
  }
}
