package dev.parley.hub.bench.chaos;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the backends saw, all together. Safe for use by several threads. */
final class Counts {

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong misasked = new AtomicLong();
  private final AtomicLong abandoned = new AtomicLong();

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  void begun() {
    asked.incrementAndGet();
    busy.incrementAndGet();
  }

  void ended() {
    busy.decrementAndGet();
  }

  /** The hub asked for something that no caller asks for, such as to take up what nobody said. */
  void misunderstood() {
    misasked.incrementAndGet();
  }

  /** The hub kept a connection on which nothing can come any more. */
  void kept() {
    abandoned.incrementAndGet();
  }

  /** Connections now. */
  int open() {
    return open.get();
  }

  /** Calls that the hub has neither seen the end of nor left. */
  int busy() {
    return busy.get();
  }

  /** Calls that arrived, without questions for health. */
  long asked() {
    return asked.get();
  }

  long misasked() {
    return misasked.get();
  }

  long abandoned() {
    return abandoned.get();
  }
}
