package dev.parley.hub.bench.speech;

import com.linecorp.armeria.common.util.EventLoopGroups;
import dev.parley.hub.bench.http.Loops;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.process.Child;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** The servers, and whoever calls them. */
final class Stage implements AutoCloseable {

  /** No call here takes nearly so long. */
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

  /** Opens a caller of that kind. */
  Caller caller(Way way) {
    return switch (way.over()) {
      case BACKEND -> HttpCaller.open(httpLoop, backend.port(), way.content(), way.format());
      case HUB -> HttpCaller.open(httpLoop, hub.port(), way.content(), way.format());
      case GRPC -> grpcCaller();
    };
  }

  GrpcCaller grpcCaller() {
    return new GrpcCaller(grpcLoop, hub.port());
  }

  List<Caller> callers(Way way, int count) {
    return IntStream.range(0, count).mapToObj(_ -> caller(way)).toList();
  }

  /** Runs something on the callers' loop after a while. */
  void later(long nanos, Runnable task) {
    var _ = httpLoop.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * So many callers have the text spoken again and again, and begin no call when the time is over.
   * Their first calls are spread over the time that the sound takes, so that they are not in step.
   */
  Cell crowd(Way way, int count, String text, Duration time, Duration spread) {
    List<Caller> callers = callers(way, count);
    try {
      long until = System.nanoTime() + time.toNanos();
      List<CompletableFuture<List<Heard>>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        CompletableFuture<List<Heard>> over = new CompletableFuture<>();
        running.add(over);
        Caller caller = callers.get(i);
        later(
            spread.toNanos() * i / count,
            () -> again(caller, way.model(), text, until, new ArrayList<>(), over));
      }
      return new Cell(running.stream().map(Stage::await).toList());
    } finally {
      callers.forEach(Caller::close);
    }
  }

  private static void again(
      Caller caller,
      String model,
      String text,
      long until,
      List<Heard> heard,
      CompletableFuture<List<Heard>> over) {
    var _ =
        caller
            .speak(model, text)
            .end()
            .thenAccept(one -> {
              heard.add(one);
              if (one.good() && System.nanoTime() < until) {
                again(caller, model, text, until, heard, over);
              } else {
                over.complete(heard);
              }
            });
  }

  /** Waits for what must come. */
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
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
