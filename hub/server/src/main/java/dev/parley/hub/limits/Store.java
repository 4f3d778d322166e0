package dev.parley.hub.limits;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Where buckets and places are kept. Thread-safe and never waits, but for {@link #close}. */
interface Store extends AutoCloseable {

  /** Gets ready, so that the first call need not wait for that. */
  CompletableFuture<?> connect();

  /** A bucket; as often as it is made, one of the same id counts the same. */
  Meter meter(MeterSpec spec);

  /** Another number when budgets' buckets that are at hand are to be made anew. */
  default long round() {
    return 0;
  }

  Leases leases();

  /**
   * Forgets what says nothing any more; may wait.
   *
   * @param used ids of buckets that are at hand
   */
  void sweep(Set<String> used);

  /** Whether nothing is under way to it. */
  boolean isQuiet();

  @Override
  void close();
}
