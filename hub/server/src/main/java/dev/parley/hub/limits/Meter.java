package dev.parley.hub.limits;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One bucket. Thread-safe and never waits; fails only where it lies on a server. */
interface Meter {

  MeterSpec spec();

  /** Takes tokens if they are there. */
  CompletableFuture<Taken> take(long tokens);

  /**
   * Takes more, into debt if need be, or gives back where it is negative. Nobody waits for it.
   *
   * @param tokens not 0
   */
  void adjust(long tokens);

  /**
   * A call is over. Nobody waits for it.
   *
   * @param taken before it ran
   * @param used in the end
   */
  default void settle(long taken, long used) {
    if (taken != used) {
      adjust(used - taken);
    }
  }

  /** The window that is nearest to its end, as far as is known here; empty when nothing is. */
  Optional<Standing.Level> level();

  /** What each of its windows has left now, in tokens of the bucket; negative in debt. */
  CompletableFuture<long[]> left();

  /** Completes once {@link #level()} is worth telling. */
  CompletableFuture<?> known();
}
