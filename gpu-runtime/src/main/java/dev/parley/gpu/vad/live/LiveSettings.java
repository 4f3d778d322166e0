package dev.parley.gpu.vad.live;

import java.time.Duration;

/**
 * Bounds of live detection.
 *
 * @param streamsMax signals open at one time, 1 to 100,000
 * @param batchMax signals advanced in one run, 1 to 256
 * @param waitMax how long the first chunk that is ready waits for others, 0 to 1 s
 * @param bufferMax how much of a signal may wait to be heard, 100 ms to 60 s
 */
public record LiveSettings(int streamsMax, int batchMax, Duration waitMax, Duration bufferMax) {

  /** For conversations on a machine of a few cores. */
  public static final LiveSettings DEFAULT =
      new LiveSettings(2000, 64, Duration.ofMillis(2), Duration.ofSeconds(5));

  public LiveSettings {
    within("streamsMax", streamsMax, 1, 100_000, "");
    within("batchMax", batchMax, 1, 256, "");
    within("waitMax", waitMax.toMillis(), 0, 1000, " ms");
    within("bufferMax", bufferMax.toMillis(), 100, 60_000, " ms");
  }

  private static void within(String name, long value, long least, long most, String unit) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + ".." + most + unit + ")");
    }
  }
}
