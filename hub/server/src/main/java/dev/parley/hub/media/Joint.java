package dev.parley.hub.media;

/** How an utterance follows what was spoken before it. */
public sealed interface Joint {

  /** Exactly as it came, right behind what was before. */
  Joint WHOLE = new Whole();

  /** Without its own silence at both ends, {@code pauseMs} after what was before. */
  static Joint joined(int pauseMs) {
    return new Joined(pauseMs);
  }

  /** See {@link #WHOLE}. */
  record Whole() implements Joint {}

  /**
   * See {@link #joined}.
   *
   * @param pauseMs silence from the last sound before to the first of this, 0..10,000
   */
  record Joined(int pauseMs) implements Joint {
    private static final int PAUSE_MS_MAX = 10_000;

    public Joined {
      if (pauseMs < 0 || pauseMs > PAUSE_MS_MAX) {
        throw new IllegalArgumentException(
            "pauseMs: " + pauseMs + " (expected: 0.." + PAUSE_MS_MAX + ")");
      }
    }
  }
}
