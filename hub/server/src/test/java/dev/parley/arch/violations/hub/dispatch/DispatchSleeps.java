package dev.parley.arch.violations.hub.dispatch;

/** Code of an event loop that waits. */
public final class DispatchSleeps {

  private DispatchSleeps() {}

  public static void doze() throws InterruptedException {
    Thread.sleep(1);
  }
}
