package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.QuotasConfig;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server. It is connected to when it is first needed, and whenever it comes back; all
 * commands share one connection, on which those of a call follow each other without waiting.
 */
final class RedisCounters implements Counters {

  private static final String PREFIX = "parley:limits:";
  private static final int THREADS = 2;
  private static final int COMMANDS_MAX = 20_000;
  private static final Duration CONNECTING_MAX = Duration.ofSeconds(2);

  /** A command that is later than this, and than callers wait for, is dropped. */
  private static final Duration COMMAND_MIN = Duration.ofSeconds(1);

  private static final Duration RECONNECT = Duration.ofMillis(500);

  private record Link(StatefulRedisConnection<String, byte[]> connection, RedisBuckets buckets) {}

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI at;
  private final SpentSoFar spent;
  private final Clock clock;
  private final AtomicReference<@Nullable CompletableFuture<Link>> link = new AtomicReference<>();

  RedisCounters(QuotasConfig.Store.Redis at, Duration awayAfter, SpentSoFar spent, Clock clock) {
    this.at = uri(at);
    this.spent = spent;
    this.clock = clock;
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .reconnectDelay(Delay.constant(RECONNECT))
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(COMMANDS_MAX)
            .timeoutOptions(
                TimeoutOptions.enabled(
                    awayAfter.compareTo(COMMAND_MIN) > 0 ? awayAfter : COMMAND_MIN))
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(CONNECTING_MAX)
                    .keepAlive(true)
                    .tcpNoDelay(true)
                    .build())
            .build());
  }

  private static RedisURI uri(QuotasConfig.Store.Redis at) {
    RedisURI uri = RedisURI.create(at.url());
    uri.setTimeout(CONNECTING_MAX);
    at.password()
        .ifPresent(password ->
            uri.setCredentialsProvider(
                new StaticCredentialsProvider(
                    at.user().orElse("default"), password.value().toCharArray())));
    return uri;
  }

  private CompletableFuture<Link> link() {
    CompletableFuture<Link> now = link.get();
    if (now != null && !now.isCompletedExceptionally()) {
      return now;
    }
    CompletableFuture<Link> next = new CompletableFuture<>();
    if (!link.compareAndSet(now, next)) {
      return link();
    }
    var _ =
        client
            .connectAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), at)
            .thenApply(connection -> new Link(connection, buckets(connection)))
            .whenComplete((made, failure) -> {
              if (failure == null) {
                next.complete(made);
              } else {
                next.completeExceptionally(failure);
              }
            });
    return next;
  }

  /** Whether there was a connection that is not there now, so that nothing can be sent. */
  private static boolean isLost(CompletableFuture<Link> link) {
    return link.isDone()
        && !link.isCompletedExceptionally()
        && !link.resultNow().connection().isOpen();
  }

  private RedisBuckets buckets(StatefulRedisConnection<String, byte[]> connection) {
    return new RedisBuckets(
        connection.async(), ClientSideConfig.getDefault().withClientClock(Time.wall(clock)));
  }

  @Override
  public RemoteBucket bucket(MeterSpec spec) {
    return new RedisBucket(spec);
  }

  @Override
  public RunningLeases.Book places() {
    return new RedisBook(() -> link().thenApply(it -> it.connection().async()));
  }

  @Override
  public CompletableFuture<?> sweep() {
    // Every key of ours expires by itself.
    return Taken.GIVEN_NOW;
  }

  @Override
  public boolean isUnsent(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisConnectionException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.shutdown(0, 1, TimeUnit.SECONDS);
    var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }

  /** Requests of one hub that come together go together, as one. */
  private final class RedisBucket implements RemoteBucket {

    private final MeterSpec spec;
    private final RedisBuckets.Spot spot;
    private volatile @Nullable AsyncBucketProxy proxy;

    RedisBucket(MeterSpec spec) {
      this.spec = spec;
      this.spot = new RedisBuckets.Spot(PREFIX + spec.id());
    }

    private CompletableFuture<AsyncBucketProxy> bucket(CompletableFuture<Link> linked) {
      AsyncBucketProxy made = proxy;
      return made != null ? CompletableFuture.completedFuture(made) : linked.thenApply(this::make);
    }

    private synchronized AsyncBucketProxy make(Link over) {
      AsyncBucketProxy made = proxy;
      if (made == null) {
        made =
            over.buckets()
                .asAsync()
                .builder()
                .withOptimization(Optimizations.batching())
                .build(spot, () -> spec.begin(spent, clock.epochMillis()));
        proxy = made;
      }
      return made;
    }

    @Override
    public <T> CompletableFuture<VerboseResult<T>> call(BucketCall<T> call) {
      CompletableFuture<Link> linked = link();
      if (isLost(linked)) {
        return CompletableFuture.failedFuture(new RedisConnectionException("not connected"));
      }
      return bucket(linked)
          .thenCompose(it -> call.asking().apply(it.asVerbose()))
          .thenCompose(result -> upToDate(call, result));
    }

    /**
     * What changed nothing was found out from what was last seen here, and others may have been.
     */
    private <T> CompletableFuture<VerboseResult<T>> upToDate(
        BucketCall<T> call, VerboseResult<T> result) {
      return call.changed().test(result.getValue()) || !spot.forget()
          ? CompletableFuture.completedFuture(result)
          : bucket(link()).thenCompose(it -> call.asking().apply(it.asVerbose()));
    }
  }
}
