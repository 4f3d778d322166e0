package dev.parley.hub.limits;

import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How bucket4j reaches its buckets in Redis: a bucket is written where it is still the one that was
 * last seen here, which takes one trip as long as no other hub wrote it, and else brings what is
 * there now.
 */
final class RedisBuckets extends AbstractCompareAndSwapBasedProxyManager<RedisBuckets.Spot> {

  /**
   * The key; what is thought to be there, which is nothing where it is missing, what to write and
   * for how long.
   */
  private static final RedisScript SWAP =
      new RedisScript(
          ScriptOutputType.VALUE,
          """
          local there = redis.call('get', KEYS[1]) or ''
          if there ~= ARGV[1] then
            return there
          end
          redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
          return false
          """);

  private static final byte[] NOTHING = {};

  /** Where a bucket lies, and what was last seen there. */
  static final class Spot {

    private final String[] key;
    private volatile byte @Nullable [] seen;

    Spot(String key) {
      this.key = new String[] {key};
    }

    /** Forgets what was seen, so that the next look is at the server; whether anything was. */
    boolean forget() {
      boolean known = seen != null;
      seen = null;
      return known;
    }
  }

  private final RedisAsyncCommands<String, byte[]> redis;

  RedisBuckets(RedisAsyncCommands<String, byte[]> redis, ClientSideConfig config) {
    super(config);
    this.redis = redis;
  }

  @Override
  protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(Spot spot) {
    return new AsyncCompareAndSwapOperation() {
      @Override
      public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeoutNanos) {
        byte[] seen = spot.seen;
        return seen == null
            ? redis.get(spot.key[0]).toCompletableFuture().thenApply(Optional::ofNullable)
            : CompletableFuture.completedFuture(
                seen.length == 0 ? Optional.empty() : Optional.of(seen));
      }

      @Override
      public CompletableFuture<Boolean> compareAndSwap(
          byte @Nullable [] original,
          byte[] next,
          RemoteBucketState state,
          Optional<Long> timeoutNanos) {
        return swap(spot, original == null ? NOTHING : original, next, state);
      }
    };
  }

  private CompletableFuture<Boolean> swap(
      Spot spot, byte[] original, byte[] next, RemoteBucketState state) {
    long millis = CappedExpiry.USUAL.calculateTimeToLiveMillis(state, currentTimeNanos());
    byte[] forMillis = Long.toString(Math.max(1, millis)).getBytes(StandardCharsets.US_ASCII);
    return SWAP.<byte[]>run(redis, spot.key, original, next, forMillis)
        .handle((there, failure) -> {
          if (failure != null) {
            spot.seen = null;
            throw failure instanceof RuntimeException known
                ? known
                : new IllegalStateException(failure);
          }
          spot.seen = there == null ? next : there;
          return there == null;
        });
  }

  @Override
  protected CompareAndSwapOperation beginCompareAndSwapOperation(Spot spot) {
    throw new UnsupportedOperationException("nobody waits for Redis");
  }

  @Override
  public void removeProxy(Spot spot) {
    throw new UnsupportedOperationException("buckets expire by themselves");
  }

  @Override
  protected CompletableFuture<Void> removeAsync(Spot spot) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("buckets expire by themselves"));
  }

  @Override
  public boolean isAsyncModeSupported() {
    return true;
  }

  @Override
  public boolean isExpireAfterWriteSupported() {
    return true;
  }
}
