package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A bucket on a server, and what was last seen of it. */
final class RemoteMeter implements Meter {

  /** What others take meanwhile is told no later than this. */
  private static final long SEEN_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

  private final MeterSpec spec;
  private final RemoteBucket bucket;
  private final Owed owed;
  private final StoreWatch watch;
  private final Clock clock;
  private volatile @Nullable Seen seen;

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Seen(long[] left, long atNanos) {}

  RemoteMeter(MeterSpec spec, RemoteBucket bucket, Owed owed, StoreWatch watch, Clock clock) {
    this.spec = spec;
    this.bucket = bucket;
    this.owed = owed;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public MeterSpec spec() {
    return spec;
  }

  @Override
  public CompletableFuture<Taken> take(long tokens) {
    return bucket
        .call(BucketCall.take(tokens))
        .thenApply(result -> {
          long[] left = note(result);
          ConsumptionProbe probe = result.getValue();
          return probe.isConsumed()
              ? Taken.GIVEN
              : new Taken.Refused(probe.getNanosToWaitForRefill(), left);
        });
  }

  @Override
  public void adjust(long tokens) {
    Owed.Debt debt = new Owed.Debt(spec, tokens, clock.epochMillis());
    if (watch.isUp()) {
      var _ = tell(debt);
    } else {
      // Told now, it might arrive or not, and what gives back would be forgotten.
      owed.add(debt);
    }
  }

  private CompletableFuture<?> tell(Owed.Debt debt) {
    long answersBefore = watch.answers();
    return bucket
        .call(BucketCall.adjust(debt.tokens()))
        .whenComplete((result, failure) -> {
          if (failure == null) {
            note(result);
          } else {
            owed.untold(debt, failure);
            watch.failed(failure, answersBefore);
          }
        });
  }

  /**
   * Tells the server what it is owed; it is owed again where that fails. A budget's bucket that
   * began later knows it from the ledger.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The inner one is what thenCompose waits for.
  CompletableFuture<?> pay(Owed.Debt debt) {
    if (spec.budget().isEmpty()) {
      return tell(debt);
    }
    return bucket
        .call(BucketCall.look())
        .handle((seen, failure) -> {
          if (failure != null) {
            owed.add(debt);
            return CompletableFuture.failedFuture(failure);
          }
          return MeterSpec.began(seen.getConfiguration()) > debt.atMillis()
              ? Taken.GIVEN_NOW
              : tell(debt);
        })
        .thenCompose(it -> it);
  }

  private long[] note(VerboseResult<?> result) {
    if (spec.budget().isPresent() && owed.isAny()) {
      owed.began(spec, MeterSpec.began(result.getConfiguration()));
    }
    long[] left = result.getDiagnostics().getAvailableTokensPerEachBandwidth();
    seen = new Seen(left, clock.nanoTime());
    return left;
  }

  @Override
  public Optional<Standing.Level> level() {
    Seen last = seen;
    return last == null || spec.windows().isEmpty()
        ? Optional.empty()
        : Optional.of(Levels.nearestToEnd(spec, last.left(), clock.nanoTime() - last.atNanos()));
  }

  @Override
  public CompletableFuture<long[]> left() {
    return bucket.call(BucketCall.look()).thenApply(this::note);
  }

  @Override
  public CompletableFuture<?> known() {
    Seen last = seen;
    return last != null && clock.nanoTime() - last.atNanos() <= SEEN_NANOS_MAX
        ? Taken.GIVEN_NOW
        : bucket.call(BucketCall.look()).thenApply(this::note);
  }
}
