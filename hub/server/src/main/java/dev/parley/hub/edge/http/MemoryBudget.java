package dev.parley.hub.edge.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of request bodies that are held at one time, over all callers. Thread-safe. */
public final class MemoryBudget {

  private final long bytesMax;
  private final AtomicLong held = new AtomicLong();

  public MemoryBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Takes some of it; false when that much is not left. */
  public boolean reserve(long bytes) {
    if (held.addAndGet(bytes) > bytesMax) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Gives back what was reserved. */
  public void release(long bytes) {
    held.addAndGet(-bytes);
  }

  /** Bytes held now. */
  public long held() {
    return held.get();
  }
}
