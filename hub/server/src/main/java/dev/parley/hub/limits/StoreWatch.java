package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store is within reach. After a failure it is left alone for a while, then one call
 * tries it again. Thread-safe.
 */
final class StoreWatch {

  /** How long nobody asks a store that failed. */
  static final Duration REST = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger("dev.parley.hub.Limits");

  private final String name;
  private final Clock clock;
  private final AtomicLong tryAgainNanos = new AtomicLong();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong missed = new AtomicLong();
  private volatile boolean up = true;
  private final List<Runnable> onReturn = new CopyOnWriteArrayList<>();

  StoreWatch(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
  }

  boolean isUp() {
    return up;
  }

  /** Has this done each time that it came back, on the thread that notices; it must not wait. */
  void onReturn(Runnable work) {
    onReturn.add(work);
  }

  /**
   * Whether this call may ask the store: all while it is up, one after each rest while it is not.
   */
  boolean mayAsk() {
    if (up) {
      return true;
    }
    long due = tryAgainNanos.get();
    long now = clock.nanoTime();
    return now - due >= 0 && tryAgainNanos.compareAndSet(due, now + REST.toNanos());
  }

  /** How many answers came in time so far. */
  long answers() {
    return answers.get();
  }

  /** How many calls it was asked about that it did not answer in time. */
  long missed() {
    return missed.get();
  }

  void answered() {
    answers.incrementAndGet();
    if (!up && change(true, "")) {
      onReturn.forEach(Runnable::run);
    }
  }

  /**
   * One call failed. Where others were answered meanwhile, the store is there and that call had bad
   * luck.
   *
   * @param answersBefore how many there were when that call began
   */
  void failed(Throwable failure, long answersBefore) {
    missed.incrementAndGet();
    if (answers.get() == answersBefore) {
      failed(failure);
    }
  }

  void failed(Throwable failure) {
    if (up) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      log.debug("limits cannot be counted in {}", name, cause);
      change(false, cause.getClass().getSimpleName());
    }
  }

  private synchronized boolean change(boolean now, String why) {
    if (up == now) {
      return false;
    }
    tryAgainNanos.set(clock.nanoTime() + REST.toNanos());
    up = now;
    if (now) {
      log.info("limits are counted in {} again", name);
    } else {
      log.warn("limits cannot be counted in {}, which is away ({})", name, why);
    }
    return true;
  }
}
