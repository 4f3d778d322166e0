package dev.parley.hub.registry;

import dev.parley.core.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks every backend how it is, every few seconds, one round at a time. */
public final class HealthMonitor implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 5_000;

  private final Registry registry;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final BreakerWatch breakers = new BreakerWatch();
  private final CompletableFuture<Void> firstRound = new CompletableFuture<>();
  private volatile @Nullable ScheduledFuture<?> next;
  private volatile boolean closed;

  public HealthMonitor(Registry registry, ScheduledExecutorService timer, Clock clock) {
    this.registry = registry;
    this.timer = timer;
    this.clock = clock;
  }

  /** Starts the first round; the next follows when it is over. */
  public CompletableFuture<Void> start() {
    timer.execute(this::round);
    return firstRound;
  }

  private void round() {
    if (closed) {
      return;
    }
    var _ =
        registry
            .refresh()
            .handle((_, _) -> {
              firstRound.complete(null);
              again();
              breakers.look(registry.snapshot(), clock.nanoTime());
              return null;
            });
  }

  private void again() {
    if (!closed && !timer.isShutdown()) {
      next = timer.schedule(this::round, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    closed = true;
    ScheduledFuture<?> pending = next;
    if (pending != null) {
      pending.cancel(false);
    }
  }
}
