package dev.parley.hub.bench.executor;

import java.lang.management.ManagementFactory;

/**
 * What one call took on its thread.
 *
 * @param nanos processor time
 * @param bytes allocated
 */
record Cost(double nanos, double bytes) {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Runs calls on this thread and takes their mean. Collections run elsewhere and do not count. */
  static Cost of(int calls, Runnable call) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    double tookNanos = THREADS.getCurrentThreadCpuTime() - nanos;
    double tookBytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    return new Cost(tookNanos / calls, tookBytes / calls);
  }

  Cost minus(Cost other) {
    return new Cost(nanos - other.nanos, bytes - other.bytes);
  }

  Cost over(int parts) {
    return new Cost(nanos / parts, bytes / parts);
  }
}
