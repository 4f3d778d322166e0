package dev.parley.hub.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Counts like a server, on the thread of the test, and is away in one way or another. */
final class FlakyCounters implements Counters {

  enum Mood {
    ANSWERS,
    /** Nothing reaches it. */
    AWAY,
    /** What is asked is done, and its answer is lost. */
    SPEECHLESS
  }

  private static final class UnsentException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final SpentSoFar spent;
  private final MovableClock clock;
  private final Map<String, Bucket> buckets = new HashMap<>();
  Mood mood = Mood.ANSWERS;

  /** Whether it does nothing and never says so. */
  boolean silent;

  FlakyCounters(SpentSoFar spent, MovableClock clock) {
    this.spent = spent;
    this.clock = clock;
  }

  @Override
  public RemoteBucket bucket(MeterSpec spec) {
    return new RemoteBucket() {
      @Override
      public <T> CompletableFuture<VerboseResult<T>> call(BucketCall<T> call) {
        if (mood == Mood.AWAY) {
          return CompletableFuture.failedFuture(new UnsentException());
        }
        if (silent) {
          return new CompletableFuture<>();
        }
        VerboseResult<T> result = call.waiting().apply(there(spec).asVerbose());
        return mood == Mood.SPEECHLESS
            ? CompletableFuture.failedFuture(new IllegalStateException("no answer"))
            : CompletableFuture.completedFuture(result);
      }
    };
  }

  private Bucket there(MeterSpec spec) {
    return buckets.computeIfAbsent(
        spec.id(),
        _ -> {
          LocalBucketBuilder builder =
              Bucket.builder().withCustomTimePrecision(Time.monotonic(clock));
          for (var bandwidth : spec.begin(spent, clock.epochMillis()).join().getBandwidths()) {
            builder.addLimit(bandwidth);
          }
          return builder.build();
        });
  }

  /** What is left in a bucket. */
  long left(MeterSpec spec) {
    return there(spec).getAvailableTokens();
  }

  void forgetAll() {
    buckets.clear();
  }

  @Override
  public RunningLeases.Book places() {
    return new RunningLeases.Book() {
      @Override
      public CompletableFuture<Integer> take(
          List<Place> places, String lease, long now, long until) {
        return CompletableFuture.completedFuture(-1);
      }

      @Override
      public CompletableFuture<?> renew(List<RunningLeases.Running> running, long until) {
        return Taken.GIVEN_NOW;
      }

      @Override
      public CompletableFuture<?> free(List<RunningLeases.Running> over) {
        return Taken.GIVEN_NOW;
      }
    };
  }

  @Override
  public CompletableFuture<?> sweep() {
    return Taken.GIVEN_NOW;
  }

  @Override
  public boolean isUnsent(Throwable failure) {
    return failure instanceof UnsentException || failure.getCause() instanceof UnsentException;
  }

  @Override
  public void close() {}
}
