package dev.parley.core.time;

/**
 * Where the hub reads time; handed in through constructors so that tests decide what time it is.
 */
public interface Clock {

  /** Monotonic nanoseconds, for durations and deadlines only; the origin is arbitrary. */
  long nanoTime();

  /** Milliseconds since the Unix epoch, for what people and ledgers read. */
  long epochMillis();

  /** The machine's clock. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
