package dev.parley.hub.fake;

import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An event loop and its clock, on which time passes when told. For one thread. */
public final class FakeLoop extends AbstractExecutorService
    implements ScheduledExecutorService, Clock {

  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(
          Comparator.<Task<?>>comparingLong(t -> t.dueNanos).thenComparingLong(t -> t.order));
  private long nowNanos = 1_000_000_000;
  private long orders;
  private boolean shutdown;

  /** Lets time pass; everything due by then runs at its time. */
  public void advance(Duration time) {
    long end = nowNanos + time.toNanos();
    while (!tasks.isEmpty() && tasks.peek().dueNanos <= end) {
      Task<?> next = tasks.remove();
      nowNanos = Math.max(nowNanos, next.dueNanos);
      next.run();
    }
    nowNanos = end;
  }

  /** Runs what is due now, and what that makes due. */
  public void runReady() {
    advance(Duration.ZERO);
  }

  /** Tasks that are still to run. */
  public long pending() {
    return tasks.stream().filter(task -> !task.isCancelled()).count();
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public long epochMillis() {
    return nowNanos / 1_000_000;
  }

  @Override
  public void execute(Runnable command) {
    var _ = add(command, 0);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(command, unit.toNanos(delay));
  }

  private Task<Boolean> add(Runnable command, long delayNanos) {
    if (shutdown) {
      throw new RejectedExecutionException("the loop is shut down");
    }
    Task<Boolean> task = new Task<>(command, nowNanos + delayNanos, orders++);
    tasks.add(task);
    return task;
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    List<Runnable> left = List.copyOf(tasks);
    tasks.clear();
    return left;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && tasks.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

    private final Runnable command;
    private final long dueNanos;
    private final long order;

    Task(Runnable command, long dueNanos, long order) {
      super(() -> {
        throw new IllegalStateException("run directly");
      });
      this.command = command;
      this.dueNanos = dueNanos;
      this.order = order;
    }

    @Override
    public void run() {
      if (!isCancelled()) {
        command.run();
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - nowNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
