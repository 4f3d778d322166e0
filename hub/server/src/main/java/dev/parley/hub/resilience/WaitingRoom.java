package dev.parley.hub.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/** Bounds how many calls wait for a backend that is resting or left alone. Thread-safe. */
public final class WaitingRoom {

  private final AtomicInteger waiting = new AtomicInteger();
  private volatile int max;

  public WaitingRoom(int max) {
    this.max = max;
  }

  /** Takes a place; false when there is none. */
  public boolean enter() {
    if (waiting.incrementAndGet() <= max) {
      return true;
    }
    waiting.decrementAndGet();
    return false;
  }

  /** Gives a place back. */
  public void leave() {
    waiting.decrementAndGet();
  }

  /** Another bound, after a reload. */
  public void resize(int newMax) {
    max = newMax;
  }

  /** Calls that wait now. */
  public int waiting() {
    return waiting.get();
  }
}
