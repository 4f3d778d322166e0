package dev.parley.hub.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Rows that stand in line, so many at most. Thread-safe, and nobody waits. */
final class RowLine {

  private final ConcurrentLinkedQueue<UsageRow> rows = new ConcurrentLinkedQueue<>();
  private final AtomicInteger length = new AtomicInteger();
  private final AtomicLong added = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final int lengthMax;

  RowLine(int lengthMax) {
    this.lengthMax = lengthMax;
  }

  /** Whether there was room. */
  boolean add(UsageRow row) {
    if (length.incrementAndGet() > lengthMax) {
      length.decrementAndGet();
      return false;
    }
    // Counted before it is there: whoever finds the count reached has taken all that were there.
    added.incrementAndGet();
    rows.add(row);
    return true;
  }

  /** The oldest, so many at most. */
  List<UsageRow> take(int most) {
    List<UsageRow> some = new ArrayList<>(Math.min(most, Math.max(16, length.get())));
    for (UsageRow row; some.size() < most && (row = rows.poll()) != null; ) {
      some.add(row);
    }
    length.addAndGet(-some.size());
    taken.addAndGet(some.size());
    return some;
  }

  /** Those that stand there now, which stay. */
  Iterable<UsageRow> standing() {
    return rows;
  }

  int length() {
    return length.get();
  }

  /** How many were ever added. */
  long added() {
    return added.get();
  }

  /** How many were ever taken. */
  long taken() {
    return taken.get();
  }
}
