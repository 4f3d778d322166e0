package dev.parley.hub.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.function.BooleanSupplier;

/**
 * Notes every buffer that was collected as garbage without having been released. Netty looks for
 * such buffers when the next one is allocated.
 */
final class LeakGuard extends ResourceLeakDetectorFactory {

  private static final int ROUNDS_MAX = 50;
  private static final long ROUND_PAUSE_MILLIS = 20;

  /** Has to come before the first buffer: each kind of resource asks for its detector once. */
  static void install() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new LeakGuard());
  }

  /** Collects garbage and looks at what was found, until {@code enough} or for about a second. */
  static void sweep(BooleanSupplier enough) throws InterruptedException {
    for (int round = 0; round < ROUNDS_MAX && !enough.getAsBoolean(); round++) {
      System.gc();
      // References are queued by the collector's own thread, some time after the collection.
      Thread.sleep(ROUND_PAUSE_MILLIS);
      ByteBuf probe = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
      probe.release();
    }
  }

  @Override
  public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval) {
    return new Recording<>(resource, interval);
  }

  @Override
  @SuppressWarnings(
      "deprecation") // the constructor without maxActive does not exist for subclasses
  public <T> ResourceLeakDetector<T> newResourceLeakDetector(
      Class<T> resource, int interval, long maxActive) {
    return new Recording<>(resource, interval);
  }

  private static final class Recording<T> extends ResourceLeakDetector<T> {

    Recording(Class<T> resource, int interval) {
      super(resource, interval);
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      Findings.add("leaked " + type + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
      Findings.add("leaked " + type);
    }
  }
}
