package dev.parley.gpu.vad.live;

import dev.parley.gpu.vad.StreamingDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Live detection on several threads: each hears its own share of the signals, so a machine of
 * several cores is not bound by one. A new signal goes to the share that has fewest. Thread-safe.
 */
public final class LiveDetections implements AutoCloseable {

  private final int streamsMax;
  private final List<LiveDetection> shares = new ArrayList<>();

  /**
   * Prepares buffers; nothing is heard before {@link #start}.
   *
   * @param detector must stay open longer than this
   * @param settings its number of signals counts for all shares together
   * @param nanos a clock that never goes back, in nanoseconds
   * @param threads how many shares there are, at least 1
   */
  public LiveDetections(
      StreamingDetector detector, LiveSettings settings, LongSupplier nanos, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: 1 or more)");
    }
    this.streamsMax = settings.streamsMax();
    for (int i = 0; i < threads; i++) {
      shares.add(new LiveDetection(detector, settings, nanos));
    }
  }

  /** Starts the threads that compute. */
  public void start() {
    shares.forEach(LiveDetection::start);
  }

  /**
   * A new signal.
   *
   * @throws IllegalStateException when as many are open as may be, or this is closed
   */
  public synchronized LiveStream open(LiveListener listener) {
    if (status().streams() >= streamsMax) {
      throw new IllegalStateException(
          "live signals: one more than " + streamsMax + " (expected: fewer at a time)");
    }
    return shares.stream()
        .min(Comparator.comparingInt(share -> share.status().streams()))
        .orElseThrow()
        .open(listener);
  }

  /** What all shares have done; the wait is the largest of any. */
  public LiveStatus status() {
    LiveStatus sum = new LiveStatus(0, 0, 0, 0, Duration.ZERO);
    for (LiveDetection share : shares) {
      LiveStatus one = share.status();
      sum =
          new LiveStatus(
              sum.streams() + one.streams(),
              sum.runs() + one.runs(),
              sum.rows() + one.rows(),
              sum.failures() + one.failures(),
              sum.largestWait().compareTo(one.largestWait()) > 0
                  ? sum.largestWait()
                  : one.largestWait());
    }
    return sum;
  }

  /** Stops the threads; signals that are still open fail. */
  @Override
  public void close() {
    shares.forEach(LiveDetection::close);
  }
}
