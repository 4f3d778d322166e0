package dev.parley.hub.limits;

import dev.parley.core.model.Caller;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Counts what callers use against what they may. Thread-safe and never waits: futures are complete
 * at once where the count is kept in memory, else on a thread of the store's. They fail with
 * RateLimited, QuotaSpent, or Overloaded where the store is away and that is to be refused; then
 * nothing was taken.
 */
public interface Limits {

  /** A request arrives: takes one from the quotas of requests, and a place among the streams. */
  CompletableFuture<Entry> enter(Caller caller);

  /** Where a caller stands as far as this hub saw last; takes nothing and asks nobody. */
  Standing standing(Caller caller);

  /** A call is about to run: takes what it is thought to need. */
  CompletableFuture<Reservation> reserve(Caller caller, Demand demand);

  /**
   * What is left for a caller of its key's limits and of its owner's; takes nothing. Of several
   * windows of one unit the one that is nearest to its end is told.
   */
  CompletableFuture<List<Left>> left(Caller caller);

  /** Nothing is limited. */
  Limits NONE =
      new Limits() {

        private final CompletableFuture<Entry> entered =
            CompletableFuture.completedFuture(
                new Entry() {
                  @Override
                  public Standing standing() {
                    return Standing.UNLIMITED;
                  }

                  @Override
                  public void leave() {}
                });

        private final CompletableFuture<Reservation> reserved =
            CompletableFuture.completedFuture(_ -> {});

        @Override
        public CompletableFuture<Entry> enter(Caller caller) {
          return entered;
        }

        @Override
        public Standing standing(Caller caller) {
          return Standing.UNLIMITED;
        }

        @Override
        public CompletableFuture<Reservation> reserve(Caller caller, Demand demand) {
          return reserved;
        }

        @Override
        public CompletableFuture<List<Left>> left(Caller caller) {
          return CompletableFuture.completedFuture(List.of());
        }
      };
}
