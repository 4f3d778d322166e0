package dev.parley.hub.app;

import dev.parley.core.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * How late event loops are: each has something to do at a fixed interval, and notes how long after
 * its time it came to that. Costs a few tasks a second.
 */
final class LoopLag implements AutoCloseable {

  static final long INTERVAL_MILLIS = 250;

  private final List<Watch> watches = new ArrayList<>();

  LoopLag(Iterable<? extends ScheduledExecutorService> loops, Clock clock) {
    loops.forEach(loop -> watches.add(new Watch(loop, clock)));
  }

  /** The worst of late, in seconds. */
  double seconds() {
    return watches.stream().mapToLong(Watch::worst).max().orElse(0) / 1e9;
  }

  @Override
  public void close() {
    watches.forEach(watch -> watch.task.cancel(false));
  }

  private static final class Watch {

    private final Clock clock;
    private final ScheduledFuture<?> task;
    private long dueNanos;
    private volatile long worstNanos;

    Watch(ScheduledExecutorService loop, Clock clock) {
      this.clock = clock;
      this.dueNanos = clock.nanoTime() + INTERVAL_MILLIS * 1_000_000;
      this.task =
          loop.scheduleWithFixedDelay(
              this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** On the loop. Old lateness fades, so that a scrape sees what was between it and the last. */
    private void look() {
      long now = clock.nanoTime();
      long late = Math.max(0, now - dueNanos);
      worstNanos = Math.max(late, worstNanos - worstNanos / 32);
      dueNanos = now + INTERVAL_MILLIS * 1_000_000;
    }

    long worst() {
      return worstNanos;
    }
  }
}
