package dev.parley.testkit.backend;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A point where a fake waits until the test lets it go on: the test's way of choosing the moment
 * without sleeping.
 */
public final class Gate {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  /** Lets everyone through, now and later. */
  public void release() {
    opened.complete(null);
  }

  /** Waits until a fake stands at the gate; false when the time ran out. */
  public boolean awaitReached(Duration limit) throws InterruptedException {
    return reached.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  CompletableFuture<Void> arrive() {
    reached.countDown();
    return opened.copy();
  }
}
