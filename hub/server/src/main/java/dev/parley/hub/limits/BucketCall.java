package dev.parley.hub.limits;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseBucket;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.AsyncVerboseBucket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is done with a bucket on a server, where that waits and where it does not.
 *
 * @param waiting on a thread that may wait
 * @param asking on any thread
 * @param changed whether a result says that the bucket is another now
 */
record BucketCall<T>(
    Function<VerboseBucket, VerboseResult<T>> waiting,
    Function<AsyncVerboseBucket, CompletableFuture<VerboseResult<T>>> asking,
    Predicate<T> changed) {

  /** Takes tokens if they are there. */
  static BucketCall<ConsumptionProbe> take(long tokens) {
    return new BucketCall<>(
        it -> it.tryConsumeAndReturnRemaining(tokens),
        it -> it.tryConsumeAndReturnRemaining(tokens),
        ConsumptionProbe::isConsumed);
  }

  /**
   * Takes tokens, into debt if need be, or gives back where it is negative, as far as the bucket
   * holds them.
   */
  static BucketCall<?> adjust(long tokens) {
    return tokens > 0
        ? new BucketCall<>(
            it -> it.consumeIgnoringRateLimits(tokens),
            it -> it.consumeIgnoringRateLimits(tokens),
            _ -> true)
        : new BucketCall<>(it -> it.addTokens(-tokens), it -> it.addTokens(-tokens), _ -> true);
  }

  /** Only looks. */
  static BucketCall<Long> look() {
    return new BucketCall<>(
        VerboseBucket::getAvailableTokens, AsyncVerboseBucket::getAvailableTokens, _ -> false);
  }
}
