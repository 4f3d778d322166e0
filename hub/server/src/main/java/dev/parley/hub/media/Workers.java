package dev.parley.hub.media;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few platform threads for work on sound that would hold up an event loop. Each call works in
 * short steps, one at a time, and goes to the end of the line between two: nobody waits for the
 * whole of somebody else's hour of sound, and a caller who does not read holds no thread. The line
 * is bounded by the number of calls. Thread-safe.
 */
public final class Workers implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Workers.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int STEP_SECONDS_MAX = 10;

  private final int callsMax;
  private final int speakingMax;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger speaking = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final ThreadPoolExecutor threads;

  /**
   * @param threads how many steps run at one time
   * @param callsMax how many calls may be under way; more are refused
   * @param speakingMax how many calls may speak besides; they wait for backends most of the time
   */
  public Workers(int threads, int callsMax, int speakingMax) {
    if (threads < 1 || callsMax < 1 || speakingMax < 1) {
      throw new IllegalArgumentException(
          "threads: "
              + threads
              + ", callsMax: "
              + callsMax
              + ", speakingMax: "
              + speakingMax
              + " (expected: 1 or more)");
    }
    this.callsMax = callsMax;
    this.speakingMax = speakingMax;
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("parley-media-", 1).factory());
    this.threads.allowCoreThreadTimeOut(true);
  }

  /**
   * What the workers is doing.
   *
   * @param speaking calls that speak, which {@code calls} leaves out
   * @param waiting steps in line
   * @param refused calls turned away so far, of both kinds
   */
  public record Status(
      int threads,
      int calls,
      int callsMax,
      int speaking,
      int speakingMax,
      int waiting,
      int refused) {}

  /**
   * A place for one call.
   *
   * @throws HubException when all are taken
   */
  Place take() {
    return take(calls, callsMax, "this hub works on " + callsMax + " calls of sound already");
  }

  /**
   * A place for one call that speaks.
   *
   * @throws HubException when all are taken
   */
  Place takeSpeaking() {
    return take(speaking, speakingMax, "this hub speaks to " + speakingMax + " callers already");
  }

  private Place take(AtomicInteger taken, int most, String what) {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      refused.incrementAndGet();
      throw new HubException(new HubError.Overloaded(what, RETRY_AFTER));
    }
    return new Seat(taken);
  }

  /** What it is doing now. */
  public Status status() {
    return new Status(
        threads.getMaximumPoolSize(),
        calls.get(),
        callsMax,
        speaking.get(),
        speakingMax,
        threads.getQueue().size(),
        refused.get());
  }

  /**
   * Steps that have not begun never will; those that run, for milliseconds, are waited for, since
   * what they use is closed next.
   */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STEP_SECONDS_MAX, TimeUnit.SECONDS)) {
        log.warn("work on sound did not end within {} s", STEP_SECONDS_MAX);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The right of one call to work here. */
  private final class Seat implements Place {

    private final AtomicInteger taken;
    private final AtomicBoolean left = new AtomicBoolean();

    Seat(AtomicInteger taken) {
      this.taken = taken;
    }

    @Override
    public void run(Runnable step) {
      try {
        threads.execute(step);
      } catch (RejectedExecutionException e) {
        throw new HubException(new HubError.Overloaded("this hub is stopping", RETRY_AFTER), e);
      }
    }

    /** Makes room for the next call. */
    @Override
    public void close() {
      if (!left.getAndSet(true)) {
        taken.decrementAndGet();
      }
    }
  }
}
