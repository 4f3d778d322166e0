package dev.parley.hub.bench.recognize;

import com.linecorp.armeria.common.util.EventLoopGroups;
import dev.parley.hub.bench.http.Loops;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.process.Child;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The servers, and whoever calls them. */
final class Stage implements AutoCloseable {

  /** No call here takes nearly so long, but for the long file. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Child backend;
  private final Child hub;
  private final EventLoopGroup httpLoop = Loops.one();
  private final EventLoopGroup grpcLoop = EventLoopGroups.newEventLoopGroup(1, "callers", true);

  Stage(Child backend, Child hub) {
    this.backend = backend;
    this.hub = hub;
  }

  Child backend() {
    return backend;
  }

  Child hub() {
    return hub;
  }

  /** A caller of files; {@code server} is one of the two. */
  FileCaller files(Child server) {
    return FileCaller.open(httpLoop, server.port());
  }

  /** A connection for live streams. */
  LiveLine live() {
    return new LiveLine(grpcLoop, hub.port());
  }

  /** Runs something on the callers' loop after a while. */
  void later(long nanos, Runnable task) {
    var _ = httpLoop.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** Waits for what must come. */
  static <T> T await(CompletableFuture<T> future) {
    return await(future, PATIENCE);
  }

  static <T> T await(CompletableFuture<T> future, Duration patience) {
    try {
      return future.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchFailure("a call did not end: " + e, e);
    }
  }

  @Override
  public void close() {
    var _ = httpLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    var _ = grpcLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
