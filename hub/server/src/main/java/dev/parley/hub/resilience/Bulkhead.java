package dev.parley.hub.resilience;

import java.util.ArrayDeque;

/**
 * Bounds what one backend is asked to do at once: so many calls run, so many wait in order of
 * arrival, and the next is refused. Thread-safe; nothing in it blocks.
 */
public final class Bulkhead {

  /** Who waits; called at most once, on the thread that gave its permit back. */
  public interface Waiter {
    /** Takes the permit; false when it cannot be taken any more, and the next one gets it. */
    boolean permitted();
  }

  /** What became of a request for a permit. */
  public enum Admission {
    ADMITTED,
    QUEUED,
    REFUSED
  }

  private final int concurrency;
  private final int queueMax;
  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
  private int running;

  public Bulkhead(int concurrency, int queueMax) {
    if (concurrency < 1 || queueMax < 0) {
      throw new IllegalArgumentException(
          "bulkhead: " + concurrency + ", " + queueMax + " (expected: at least 1, at least 0)");
    }
    this.concurrency = concurrency;
    this.queueMax = queueMax;
  }

  /** Takes a permit, or a place in the queue, or neither. */
  public synchronized Admission enter(Waiter waiter) {
    if (running < concurrency) {
      running++;
      return Admission.ADMITTED;
    }
    if (waiting.size() < queueMax) {
      waiting.add(waiter);
      return Admission.QUEUED;
    }
    return Admission.REFUSED;
  }

  /** Gives up a place in the queue; false when the permit was already handed over. */
  public synchronized boolean leaveQueue(Waiter waiter) {
    return waiting.remove(waiter);
  }

  /** Gives a permit back; the first in the queue that can still take it gets it. */
  public void exit() {
    while (true) {
      Waiter next;
      synchronized (this) {
        next = waiting.poll();
        if (next == null) {
          running--;
        }
      }
      if (next == null || next.permitted()) {
        return;
      }
    }
  }

  /** Calls that may hold a permit at once. */
  public int concurrency() {
    return concurrency;
  }

  /** Calls that hold a permit now. */
  public synchronized int running() {
    return running;
  }

  /** Calls that wait for a permit now. */
  public synchronized int queued() {
    return waiting.size();
  }
}
