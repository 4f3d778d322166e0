package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.proto.admin.v1.SystemStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows the state of the hub to those who watch, at their interval. Who cannot take one misses it:
 * nothing waits for a slow reader but the next state. Thread-safe; never blocks.
 */
final class StatusTurns {

  static final int INTERVAL_MS_DEFAULT = 5_000;
  static final int INTERVAL_MS_MIN = 500;

  /** What the next one is told. */
  static final HubError TOO_MANY =
      new HubError.Overloaded("as many watch the status as may", Duration.ofSeconds(10));

  /** Watchers at once. */
  private static final int WATCHERS_MAX = 64;

  private final HubState state;
  private final AtomicInteger watchers = new AtomicInteger();

  StatusTurns(HubState state) {
    this.state = state;
  }

  /** One who watches; asked and told on the event loop of its request. */
  interface Watcher {

    /** Whether it can take a state now. */
    boolean isReady();

    /** Whether it will take none any more. */
    boolean isGone();

    void show(SystemStatus status);

    /** No more comes. */
    void end();
  }

  /** The state now, made on a thread that may wait. */
  CompletableFuture<SystemStatus> state(ServiceRequestContext ctx) {
    return CompletableFuture.supplyAsync(state::now, ctx.blockingTaskExecutor().withoutContext());
  }

  /** Shows it now and then at the interval; false when too many watch already. */
  boolean watch(ServiceRequestContext ctx, int intervalMs, Watcher watcher) {
    if (watchers.incrementAndGet() > WATCHERS_MAX) {
      watchers.decrementAndGet();
      return false;
    }
    turn(ctx, intervalMs == 0 ? INTERVAL_MS_DEFAULT : intervalMs, watcher);
    return true;
  }

  private void turn(ServiceRequestContext ctx, int intervalMs, Watcher watcher) {
    if (watcher.isGone()) {
      watchers.decrementAndGet();
    } else if (!state.isAccepting()) {
      watchers.decrementAndGet();
      watcher.end();
    } else if (!watcher.isReady()) {
      again(ctx, intervalMs, watcher);
    } else {
      var _ =
          state(ctx)
              .whenCompleteAsync(
                  (status, failure) -> {
                    if (failure == null && !watcher.isGone()) {
                      watcher.show(status);
                    }
                    again(ctx, intervalMs, watcher);
                  },
                  ctx.eventLoop().withoutContext());
    }
  }

  private void again(ServiceRequestContext ctx, int intervalMs, Watcher watcher) {
    var _ =
        ctx.eventLoop()
            .withoutContext()
            .schedule(() -> turn(ctx, intervalMs, watcher), intervalMs, TimeUnit.MILLISECONDS);
  }
}
