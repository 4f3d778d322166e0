package dev.parley.hub.store;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs what waits for disks and databases, each task on a virtual thread of its own, so that
 * whoever brings one never waits. So many run at a time, others wait for their turn, and what is
 * more than that is refused. Thread-safe.
 */
public final class BlockingTasks implements AutoCloseable {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int heldMax;
  private final HubError tooMany;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger held = new AtomicInteger();
  private final Semaphore turns;

  /**
   * @param runningMax how many run at a time
   * @param heldMax how many run or wait for their turn
   * @param tooMany what is said of one more
   */
  public BlockingTasks(int runningMax, int heldMax, String tooMany) {
    this.heldMax = heldMax;
    this.tooMany = new HubError.Overloaded(tooMany, RETRY_AFTER);
    this.turns = new Semaphore(runningMax);
  }

  /** Runs a task when its turn comes. Fails with what that throws, or with Overloaded. */
  public <T> CompletableFuture<T> run(Supplier<T> task) {
    if (held.incrementAndGet() > heldMax) {
      held.decrementAndGet();
      return CompletableFuture.failedFuture(new HubException(tooMany));
    }
    try {
      return CompletableFuture.supplyAsync(() -> inTurn(task), threads);
    } catch (RejectedExecutionException e) {
      held.decrementAndGet();
      return CompletableFuture.failedFuture(
          new HubException(new HubError.Overloaded("this hub is stopping", RETRY_AFTER), e));
    }
  }

  private <T> T inTurn(Supplier<T> task) {
    turns.acquireUninterruptibly();
    try {
      return task.get();
    } finally {
      turns.release();
      held.decrementAndGet();
    }
  }

  /** Takes no more, and waits for those that it has. */
  @Override
  public void close() {
    threads.close();
  }
}
