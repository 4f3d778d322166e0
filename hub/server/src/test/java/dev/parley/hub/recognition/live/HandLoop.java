package dev.parley.hub.recognition.live;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An event loop that a test turns by hand. */
final class HandLoop implements Executor {

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs what there is. */
  void turn() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Runs what there is and what others bring, until something holds. */
  void turnUntil(BooleanSupplier holds) {
    try {
      while (!holds.getAsBoolean()) {
        var task = tasks.poll(20, TimeUnit.SECONDS);
        if (task == null) {
          throw new AssertionError("nothing came for 20 s");
        }
        task.run();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
