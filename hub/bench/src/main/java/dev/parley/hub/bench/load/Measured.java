package dev.parley.hub.bench.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What a load saw.
 *
 * @param count answers of calls, or deltas of streams, within the time
 * @param failures answers that were not 200, and connections that broke
 * @param elapsed from the first request to the last answer, or to the end of the time
 * @param nanos of calls and of first deltas: time from the request; of paced streams: how long each
 *     delta was under way
 * @param late deltas that were under way for longer than {@link #LATE}
 * @param lost deltas that were asked for and did not come before their stream ended
 */
public record Measured(
    long count, long failures, Duration elapsed, Histogram nanos, long late, long lost) {

  /** A delta that is one gap behind its sending is late: by then the next one was due. */
  public static final Duration LATE = Duration.ofMillis(20);

  /** Answers or deltas a second. */
  public double rate() {
    return count * 1e9 / Math.max(1, elapsed.toNanos());
  }

  /** Microseconds below which the given percentage lies. */
  public double micros(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e3;
  }
}
