package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;

/** When it pays to ask about a stretch that grows. Pure. */
final class Pace {

  private static final int SAMPLES_PER_MS = Clip.RATE_HZ / 1_000;

  /** New sound before the first interim of a stretch, and before each further one. */
  private static final long FIRST_SAMPLES = 500 * SAMPLES_PER_MS;

  private static final long NEXT_SAMPLES = 600 * SAMPLES_PER_MS;

  /** A pause in which it pays to ask at once: what comes of it may be what is final. */
  private static final int PAUSE_MS_LEAST = 100;

  private static final int PAUSE_MS_MOST = 400;

  private Pace() {}

  /**
   * Whether there is enough new sound, or a pause behind words that nobody was asked about.
   *
   * @param now up to where sound is known
   */
  static boolean isDue(Loudness loudness, Stretch growing, long now, TurnSettings turns) {
    long voiced = loudness.voicedEnd(growing.start());
    if (voiced <= growing.askedTo()) {
      return false;
    }
    boolean first = growing.askedTo() == growing.start();
    long from = first ? loudness.voicedStart(growing.start()) : growing.askedTo();
    boolean enough = now - from >= (first ? FIRST_SAMPLES : NEXT_SAMPLES);
    return enough || now - voiced >= pauseSamples(turns);
  }

  private static long pauseSamples(TurnSettings turns) {
    int half = turns.speech().silenceDurationMs().orElse(0) / 2;
    boolean eager = turns.eagerThreshold().isPresent();
    return (long) SAMPLES_PER_MS
        * (eager ? PAUSE_MS_LEAST : Math.clamp(half, PAUSE_MS_LEAST, PAUSE_MS_MOST));
  }
}
