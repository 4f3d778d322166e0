package dev.parley.hub.resilience;

import dev.parley.core.model.Priority;
import dev.parley.hub.resilience.Bulkhead.Admission;

/** Waits in a queue and keeps count of what it is told. */
final class FakeWaiter implements Bulkhead.Waiter {

  private static final long EVER = Long.MAX_VALUE;

  private final boolean able;
  private final Runnable served;
  private int permits;
  private int displacements;

  private FakeWaiter(boolean able, Runnable served) {
    this.able = able;
    this.served = served;
  }

  /** Takes a permit when it gets one. */
  static FakeWaiter able() {
    return new FakeWaiter(true, () -> {});
  }

  /** Takes a permit, and tells. */
  static FakeWaiter telling(Runnable served) {
    return new FakeWaiter(true, served);
  }

  /** Has gone by the time that it gets a permit. */
  static FakeWaiter unable() {
    return new FakeWaiter(false, () -> {});
  }

  /** Has no urgency, no name and all the time in the world. */
  Admission enters(Bulkhead bulkhead) {
    return enters(bulkhead, Priority.STANDARD, "");
  }

  Admission enters(Bulkhead bulkhead, Priority priority, String caller) {
    return bulkhead.enter(this, priority, caller, 0, EVER);
  }

  @Override
  public boolean permitted() {
    permits++;
    if (able) {
      served.run();
    }
    return able;
  }

  @Override
  public void displaced() {
    displacements++;
  }

  boolean isAble() {
    return able;
  }

  int permits() {
    return permits;
  }

  int displacements() {
    return displacements;
  }
}
