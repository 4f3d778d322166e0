package dev.parley.gpu.vad.segment;

/**
 * When speech counts as started and stopped. Times are in milliseconds.
 *
 * @param threshold the probability from which a chunk is speech, 0 to 1
 * @param exitThreshold the probability under which speech may end, at most {@code threshold}; what
 *     lies between the two keeps things as they are
 * @param prefixPaddingMs what is added before speech, 0 to 10,000
 * @param silenceDurationMs how long it must be silent for speech to have ended, 0 to 60,000
 * @param minSpeechMs speech that is not longer than this is none, 0 to 10,000
 * @param maxSpeechMs speech longer than this, padding included, is cut; 0 never cuts, else at least
 *     {@code prefixPaddingMs + endPaddingMs + 200}, at most a day
 * @param endPaddingMs what is added behind speech, 0 to 10,000
 * @param minPauseMs how long a pause must be for speech that is too long to be cut there, 0 to
 *     10,000
 */
public record SegmentationSettings(
    double threshold,
    double exitThreshold,
    int prefixPaddingMs,
    int silenceDurationMs,
    int minSpeechMs,
    int maxSpeechMs,
    int endPaddingMs,
    int minPauseMs) {

  private static final int PAUSE_MS = 98;
  private static final int DAY_MS = 86_400_000;
  private static final int ROOM_MS = 200;

  /** What Silero's own segmentation does unless told otherwise. */
  public static final SegmentationSettings REFERENCE =
      new SegmentationSettings(0.5, exitBelow(0.5), 30, 100, 250, 0, 30, PAUSE_MS);

  /** OpenAI's {@code server_vad} for turns of a conversation. */
  public static final SegmentationSettings SERVER_VAD =
      new SegmentationSettings(0.5, exitBelow(0.5), 300, 500, 0, 0, 0, PAUSE_MS);

  /** OpenAI's {@code chunking_strategy} for files that are to be transcribed. */
  public static final SegmentationSettings CHUNKING =
      new SegmentationSettings(0.5, exitBelow(0.5), 300, 200, 0, 0, 0, PAUSE_MS);

  public SegmentationSettings {
    within("threshold", threshold, 1);
    within("exitThreshold", exitThreshold, threshold);
    within("prefixPaddingMs", prefixPaddingMs, 10_000);
    within("silenceDurationMs", silenceDurationMs, 60_000);
    within("minSpeechMs", minSpeechMs, 10_000);
    within("endPaddingMs", endPaddingMs, 10_000);
    within("minPauseMs", minPauseMs, 10_000);
    int least = prefixPaddingMs + endPaddingMs + ROOM_MS;
    if (maxSpeechMs != 0 && (maxSpeechMs < least || maxSpeechMs > DAY_MS)) {
      throw new IllegalArgumentException(
          "maxSpeechMs: " + maxSpeechMs + " (expected: 0, or " + least + ".." + DAY_MS + ")");
    }
  }

  /** The exit threshold that goes with a threshold: 0.15 lower, but never under 0.01. */
  public static double exitBelow(double threshold) {
    return Math.min(threshold, Math.max(threshold - 0.15, 0.01));
  }

  /** These with another threshold, and the exit threshold that goes with it. */
  public SegmentationSettings withThreshold(double changed) {
    return new SegmentationSettings(
        changed,
        exitBelow(changed),
        prefixPaddingMs,
        silenceDurationMs,
        minSpeechMs,
        maxSpeechMs,
        endPaddingMs,
        minPauseMs);
  }

  /** These with another padding before and behind speech. */
  public SegmentationSettings withPaddingMs(int prefix, int end) {
    return new SegmentationSettings(
        threshold,
        exitThreshold,
        prefix,
        silenceDurationMs,
        minSpeechMs,
        maxSpeechMs,
        end,
        minPauseMs);
  }

  /** These with another silence that ends speech. */
  public SegmentationSettings withSilenceDurationMs(int changed) {
    return new SegmentationSettings(
        threshold,
        exitThreshold,
        prefixPaddingMs,
        changed,
        minSpeechMs,
        maxSpeechMs,
        endPaddingMs,
        minPauseMs);
  }

  /** These with another shortest and longest speech; 0 for {@code most} never cuts. */
  public SegmentationSettings withSpeechMs(int least, int most) {
    return new SegmentationSettings(
        threshold,
        exitThreshold,
        prefixPaddingMs,
        silenceDurationMs,
        least,
        most,
        endPaddingMs,
        minPauseMs);
  }

  private static void within(String name, double value, double most) {
    // Written so that what is no number is refused, too.
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          name + ": " + plain(value) + " (expected: 0.." + plain(most) + ")");
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
