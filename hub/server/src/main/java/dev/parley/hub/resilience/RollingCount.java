package dev.parley.hub.resilience;

import java.util.Arrays;

/**
 * How often something happened of late: a ring of equally long buckets, of which the oldest is
 * emptied as time goes on. Counts what lies in the bucket of now and those before it, so its reach
 * is between one bucket less than all of them and all of them. Not thread-safe.
 */
final class RollingCount {

  private final int[] buckets;
  private final long bucketNanos;
  private long startNanos;
  private boolean started;
  private long newest;
  private int total;

  RollingCount(int buckets, long bucketNanos) {
    this.buckets = new int[buckets];
    this.bucketNanos = bucketNanos;
  }

  void add(long now) {
    turn(now);
    buckets[(int) (newest % buckets.length)]++;
    total++;
  }

  int total(long now) {
    turn(now);
    return total;
  }

  void clear() {
    Arrays.fill(buckets, 0);
    total = 0;
  }

  /** A time before the newest seen, of a thread that was overtaken, counts as the newest. */
  private void turn(long now) {
    if (!started) {
      started = true;
      startNanos = now;
    }
    long bucket = (now - startNanos) / bucketNanos;
    if (bucket - newest >= buckets.length) {
      clear();
      newest = bucket;
    }
    while (newest < bucket) {
      newest++;
      int oldest = (int) (newest % buckets.length);
      total -= buckets[oldest];
      buckets[oldest] = 0;
    }
  }
}
