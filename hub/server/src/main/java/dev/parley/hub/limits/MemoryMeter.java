package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A bucket of this process. Only a budget's first call may have to wait for what was spent. */
final class MemoryMeter implements Meter {

  private final MeterSpec spec;
  private final SpentSoFar spent;
  private final TimeMeter time;
  private CompletableFuture<Bucket> making;
  private volatile @Nullable Bucket made;
  private volatile long atHandNanos;

  MemoryMeter(MeterSpec spec, SpentSoFar spent, Clock clock, TimeMeter time) {
    this.spec = spec;
    this.atHandNanos = clock.nanoTime();
    this.spent = spent;
    this.time = time;
    this.making = make();
  }

  private CompletableFuture<Bucket> make() {
    return spec.begin(spent, 0)
        .thenApply(config -> {
          Bucket bucket = bucket(config, time);
          made = bucket;
          return bucket;
        });
  }

  /** The bucket; asked for again where the last answer was none. */
  private synchronized CompletableFuture<Bucket> making() {
    if (making.isCompletedExceptionally()) {
      making = make();
    }
    return making;
  }

  private static Bucket bucket(BucketConfiguration config, TimeMeter time) {
    LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(time);
    for (var bandwidth : config.getBandwidths()) {
      builder.addLimit(bandwidth);
    }
    return builder.build();
  }

  @Override
  public MeterSpec spec() {
    return spec;
  }

  @Override
  public CompletableFuture<Taken> take(long tokens) {
    Bucket bucket = made;
    if (bucket == null) {
      return making()
          .thenApply(ready -> ready.tryConsume(tokens) ? Taken.GIVEN : refused(ready, tokens));
    }
    return bucket.tryConsume(tokens)
        ? Taken.GIVEN_NOW
        : CompletableFuture.completedFuture(refused(bucket, tokens));
  }

  private static Taken refused(Bucket bucket, long tokens) {
    VerboseResult<EstimationProbe> probe = bucket.asVerbose().estimateAbilityToConsume(tokens);
    return new Taken.Refused(
        probe.getValue().getNanosToWaitForRefill(),
        probe.getDiagnostics().getAvailableTokensPerEachBandwidth());
  }

  @Override
  public void adjust(long tokens) {
    Bucket bucket = made;
    if (bucket == null) {
      return;
    }
    if (tokens > 0) {
      bucket.consumeIgnoringRateLimits(tokens);
    } else {
      bucket.addTokens(-tokens);
    }
  }

  @Override
  public Optional<Standing.Level> level() {
    Bucket bucket = made;
    return bucket == null || spec.windows().isEmpty()
        ? Optional.empty()
        : Optional.of(Levels.nearestToEnd(spec, left(bucket), 0));
  }

  @Override
  public CompletableFuture<long[]> left() {
    return making().thenApply(this::left);
  }

  private long[] left(Bucket bucket) {
    return spec.windows().size() <= 1
        ? new long[] {bucket.getAvailableTokens()}
        : bucket
            .asVerbose()
            .getAvailableTokens()
            .getDiagnostics()
            .getAvailableTokensPerEachBandwidth();
  }

  @Override
  public CompletableFuture<?> known() {
    return Taken.GIVEN_NOW;
  }

  /**
   * Whether nobody has had it at hand for longer than its window.
   *
   * @param atHand whether somebody has now
   */
  boolean isStale(boolean atHand, long nowNanos) {
    if (atHand) {
      atHandNanos = nowNanos;
    }
    return nowNanos - atHandNanos > spec.window().toNanos();
  }
}
