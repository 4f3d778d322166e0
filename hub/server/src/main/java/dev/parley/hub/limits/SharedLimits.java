package dev.parley.hub.limits;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.hub.config.QuotasConfig.WhenAway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Counts on a server, and does without it as long as it does not answer. */
final class SharedLimits implements Limits {

  /** How often it looks for answers that are late. */
  static final Duration LOOK_EVERY = Duration.ofMillis(25);

  private final CountedLimits shared;
  private final CountedLimits own;
  private final WhenAway whenAway;
  private final StoreWatch watch;
  private final Patience patience;

  /**
   * With what to do without the server.
   *
   * @param own counts in memory
   * @param awayAfter whoever has not answered by then, or by the look after it, is away
   */
  SharedLimits(
      CountedLimits shared,
      CountedLimits own,
      Duration awayAfter,
      WhenAway whenAway,
      StoreWatch watch) {
    this.shared = shared;
    this.own = own;
    this.patience = new Patience(Math.toIntExact(awayAfter.dividedBy(LOOK_EVERY)));
    this.whenAway = whenAway;
    this.watch = watch;
  }

  @Override
  public CompletableFuture<Entry> enter(Caller caller) {
    return shared.isFree(caller, "")
        ? NONE.enter(caller)
        : counted(limits -> limits.enter(caller), Entry::leave);
  }

  @Override
  public Standing standing(Caller caller) {
    return (watch.isUp() ? shared : own).standing(caller);
  }

  @Override
  public CompletableFuture<Reservation> reserve(Caller caller, Demand demand) {
    Demand nothing = Demand.of(demand.model());
    return shared.isFree(caller, demand.model())
        ? NONE.reserve(caller, demand)
        : counted(limits -> limits.reserve(caller, demand), made -> made.settle(nothing));
  }

  @Override
  public CompletableFuture<List<Left>> left(Caller caller) {
    return shared.isFree(caller, "")
        ? NONE.left(caller)
        : counted(limits -> limits.left(caller), _ -> {});
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The inner one is what thenCompose waits for.
  private <T> CompletableFuture<T> counted(
      Function<Limits, CompletableFuture<T>> ask, Consumer<T> undo) {
    if (!watch.mayAsk()) {
      return without(ask);
    }
    long answersBefore = watch.answers();
    CompletableFuture<T> asked = ask.apply(shared);
    CompletableFuture<T> inTime = asked.copy();
    if (!inTime.isDone()) {
      patience.with(inTime);
    }
    return inTime
        .handle((result, failure) -> {
          if (failure == null || cause(failure) instanceof HubException) {
            watch.answered();
            return inTime;
          }
          watch.failed(cause(failure), answersBefore);
          // It may come after all, and nobody waits for it by then.
          var _ = asked.thenAccept(undo);
          return without(ask);
        })
        .thenCompose(it -> it);
  }

  /** Stops waiting for answers that are late; one thread, {@link #LOOK_EVERY} after the last. */
  void look() {
    patience.look();
  }

  private <T> CompletableFuture<T> without(Function<Limits, CompletableFuture<T>> ask) {
    return switch (whenAway) {
      case OPEN -> ask.apply(own);
      case CLOSED ->
          CompletableFuture.failedFuture(
              new HubException(
                  new HubError.Overloaded(
                      "limits cannot be counted, as what counts them is away", StoreWatch.REST)));
    };
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
