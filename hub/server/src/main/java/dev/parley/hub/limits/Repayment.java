package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Tells a server what it is owed: when it comes back, and again after a while that grows as long as
 * that fails. Thread-safe and never waits.
 */
final class Repayment {

  /** How many buckets are told of at the same time. */
  private static final int AT_ONCE = 64;

  static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

  private final Owed owed;
  private final Function<MeterSpec, RemoteMeter> meters;
  private final StoreWatch watch;
  private final Clock clock;
  private final AtomicBoolean paying = new AtomicBoolean();
  private volatile long backoffNanos;
  private volatile long failedNanos;

  Repayment(Owed owed, Function<MeterSpec, RemoteMeter> meters, StoreWatch watch, Clock clock) {
    this.owed = owed;
    this.meters = meters;
    this.watch = watch;
    this.clock = clock;
  }

  /**
   * Tells all, if something is owed and it is time to try.
   *
   * @return completes when that is over, however it went; at once where somebody is at it
   */
  CompletableFuture<?> run() {
    return clock.nanoTime() - failedNanos < backoffNanos ? Taken.GIVEN_NOW : now();
  }

  /** The same without waiting for the time: the server is back, or the hub ends. */
  CompletableFuture<?> now() {
    if (owed.buckets() == 0 || !paying.compareAndSet(false, true)) {
      return Taken.GIVEN_NOW;
    }
    if (!watch.mayAsk()) {
      paying.set(false);
      return Taken.GIVEN_NOW;
    }
    return some().whenComplete((_, _) -> paying.set(false));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The inner one is what thenCompose waits for.
  private CompletableFuture<?> some() {
    // A server that was away is tried with one.
    List<Owed.Debt> debts = owed.take(watch.isUp() ? AT_ONCE : 1);
    CompletableFuture<?>[] told =
        debts.stream()
            .map(debt -> meters.apply(debt.spec()).pay(debt))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(told)
        .handle((_, failure) -> {
          if (failure != null) {
            failedNanos = clock.nanoTime();
            backoffNanos =
                Math.clamp(backoffNanos * 2, StoreWatch.REST.toNanos(), BACKOFF_MAX.toNanos());
            watch.failed(failure);
            return Taken.GIVEN_NOW;
          }
          backoffNanos = 0;
          if (!debts.isEmpty()) {
            watch.answered();
          }
          return owed.buckets() == 0 ? Taken.GIVEN_NOW : some();
        })
        .thenCompose(it -> it);
  }
}
