package dev.parley.gpu.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A stretch of the one array of a plan, needed from its first step to its last. */
final class Buffer {

  /** Buffers start at whole cache lines. */
  private static final int LINE = 16;

  /** Most floats of one plan: 256 MiB. */
  private static final long TOTAL_MAX = 1L << 26;

  final int size;

  /** Kept through the whole plan and from one run to the next. */
  boolean pinned;

  int first = Integer.MAX_VALUE;
  int last = -1;
  int place = -1;

  Buffer(int size) {
    this.size = size;
  }

  void usedBy(int step) {
    first = Math.min(first, step);
    last = Math.max(last, step);
  }

  private boolean meets(Buffer other) {
    return pinned || other.pinned || (first <= other.last && other.first <= last);
  }

  /**
   * Gives every buffer a place, large ones first, each as low as those that are needed at the same
   * time allow.
   *
   * @return length of the array
   */
  static int place(List<Buffer> buffers) {
    List<Buffer> order = new ArrayList<>(buffers);
    order.sort(Comparator.comparingInt((Buffer buffer) -> buffer.size).reversed());
    List<Buffer> placed = new ArrayList<>();
    long total = 0;
    for (Buffer buffer : order) {
      long at = 0;
      for (Buffer other : placed) { // Sorted by place.
        if (!buffer.meets(other)) {
          continue;
        }
        if (at + buffer.size <= other.place) {
          break;
        }
        at = Math.max(at, lines(other.place + (long) other.size));
      }
      total = Math.max(total, at + buffer.size);
      if (total > TOTAL_MAX) {
        throw new Malformed("it needs more than " + TOTAL_MAX + " values at a time");
      }
      buffer.place = (int) at;
      int index = 0;
      while (index < placed.size() && placed.get(index).place <= buffer.place) {
        index++;
      }
      placed.add(index, buffer);
    }
    return (int) total;
  }

  private static long lines(long at) {
    return (at + LINE - 1) / LINE * LINE;
  }
}
