package dev.parley.hub.resilience;

import dev.parley.core.model.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what one backend is asked to do at once: so many calls run, so many wait, and the next is
 * refused. Of those who wait, the more urgent go more often, callers of equal urgency take turns,
 * and each caller's calls go in order. Thread-safe; nothing in it blocks, no operation takes longer
 * for many who wait than for few, and whoever is admitted at once costs no memory.
 */
public final class Bulkhead {

  /**
   * Who waits. Exactly one thing becomes of it: it gets a permit, is displaced, or leaves. Told at
   * most once, on the thread of whoever made it so, which it must neither hold up nor throw at.
   */
  public interface Waiter {
    /** Takes the permit; false when it cannot be taken any more, and the next one gets it. */
    boolean permitted();

    /** Has lost its place in the queue to a more urgent call. */
    void displaced();
  }

  /** What became of a request for a permit. */
  public enum Admission {
    ADMITTED,
    QUEUED,
    /** The queue is full, or too long for the caller's patience. */
    REFUSED
  }

  /** Service times that the mean reaches back to, about. */
  private static final int SERVICES = 32;

  private final WaitingLine line = new WaitingLine();
  private volatile int concurrency;
  private int queueMax;
  private volatile int running;
  private volatile int queued;

  private double serviceNanos;
  private int services;
  private final List<Runnable> afterwards = new ArrayList<>(0);

  public Bulkhead(int concurrency, int queueMax) {
    requireBounds(concurrency, queueMax);
    this.concurrency = concurrency;
    this.queueMax = queueMax;
  }

  private static void requireBounds(int concurrency, int queueMax) {
    if (concurrency < 1 || queueMax < 0) {
      throw new IllegalArgumentException(
          "bulkhead: " + concurrency + ", " + queueMax + " (expected: at least 1, at least 0)");
    }
  }

  /**
   * Takes a permit, or a place in the queue, or neither. In a full queue it takes the place of the
   * newest of the least urgent calls, if those are less urgent than this one. There is no place for
   * a call that would wait until after its deadline, as far as the calls before tell.
   *
   * @param caller whose call it is: callers take turns, whatever the number of their calls
   * @param deadlineNanos when a permit is of no use any more, on the clock that {@code nowNanos} is
   *     read from
   */
  public Admission enter(
      Waiter waiter, Priority priority, String caller, long nowNanos, long deadlineNanos) {
    Waiter displaced = null;
    synchronized (this) {
      if (running < concurrency) {
        running++;
        return Admission.ADMITTED;
      }
      if (waitNanos(priority, caller) > deadlineNanos - nowNanos) {
        return Admission.REFUSED;
      }
      if (line.size() >= queueMax) {
        displaced = line.removeNewestBelow(priority);
        if (displaced == null) {
          return Admission.REFUSED;
        }
      }
      line.add(waiter, priority, caller);
      queued = line.size();
    }
    if (displaced != null) {
      displaced.displaced();
    }
    return Admission.QUEUED;
  }

  /** Takes a permit if there is one now. */
  public synchronized boolean tryEnter() {
    if (running >= concurrency) {
      return false;
    }
    running++;
    return true;
  }

  /** Gives up a place in the queue; false when the permit was already handed over. */
  public synchronized boolean leaveQueue(Waiter waiter) {
    boolean left = line.remove(waiter);
    queued = line.size();
    return left;
  }

  /** Gives a permit back that was not made use of. */
  public void exit() {
    handOver();
  }

  /** Gives a permit back that was held for so long; those who wait are told by it how long. */
  public void exit(long heldNanos) {
    learn(heldNanos);
    handOver();
  }

  private synchronized void learn(long heldNanos) {
    services = Math.min(services + 1, SERVICES);
    serviceNanos += (Math.max(0, heldNanos) - serviceNanos) / services;
  }

  /** The first in the queue that can still take the permit gets it. */
  private void handOver() {
    while (true) {
      Waiter next = released();
      if (next == null) {
        tellIfIdle();
        return;
      }
      if (next.permitted()) {
        return;
      }
    }
  }

  /**
   * Runs {@code action} once, as soon as nobody runs or waits here: now, or on the thread that
   * gives the last permit back.
   */
  public void whenIdle(Runnable action) {
    synchronized (this) {
      afterwards.add(action);
    }
    tellIfIdle();
  }

  private void tellIfIdle() {
    List<Runnable> actions;
    synchronized (this) {
      if (running > 0 || afterwards.isEmpty()) {
        return;
      }
      actions = List.copyOf(afterwards);
      afterwards.clear();
    }
    actions.forEach(Runnable::run);
  }

  private synchronized @Nullable Waiter released() {
    if (running == 0) {
      throw new IllegalStateException("a permit came back that nobody had");
    }
    Waiter next = running > concurrency ? null : line.poll();
    if (next == null) {
      running--;
    }
    queued = line.size();
    return next;
  }

  /**
   * Takes other bounds: with more permits those who wait get them now; fewer come about as permits
   * come back, and a shorter queue as it empties.
   */
  public void resize(int nextConcurrency, int nextQueueMax) {
    requireBounds(nextConcurrency, nextQueueMax);
    int added;
    synchronized (this) {
      concurrency = nextConcurrency;
      queueMax = nextQueueMax;
      added = Math.clamp(nextConcurrency - running, 0, line.size());
      running += added;
    }
    for (int i = 0; i < added; i++) {
      handOver();
    }
  }

  /** How long such a call would wait for its permit by now, about; zero when nobody knows. */
  public synchronized Duration expectedWait(Priority priority, String caller) {
    return Duration.ofNanos(running < concurrency ? 0 : waitNanos(priority, caller));
  }

  private long waitNanos(Priority priority, String caller) {
    return services == 0
        ? 0
        : (long) ((line.before(priority, caller) + 1) * serviceNanos / concurrency);
  }

  /** Calls that may hold a permit at once; more may do so for a while after there were more. */
  public int concurrency() {
    return concurrency;
  }

  /** Calls that hold a permit now. */
  public int running() {
    return running;
  }

  /** Calls that wait for a permit now. */
  public int queued() {
    return queued;
  }
}
