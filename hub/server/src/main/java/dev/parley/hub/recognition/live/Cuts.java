package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;
import java.util.Optional;

/** Where speech that goes on for too long is cut. Pure. */
final class Cuts {

  private static final int SAMPLES_PER_MS = Clip.RATE_HZ / 1_000;

  /** Pauses at which a stretch is cut early: shorter ones as it nears its bound. */
  private static final long PAUSE_MOST = 500 * SAMPLES_PER_MS;

  private static final long PAUSE_LEAST = 64 * SAMPLES_PER_MS;

  /** The share of the longest length from which on a pause is looked for. */
  private static final double FROM = 0.6;

  private Cuts() {}

  /**
   * Where a stretch is cut now: in the pause that is, if that is long enough for how long the
   * stretch is; at its bound in the best pause behind all words that are stable, as those have been
   * told as a part of it.
   *
   * @param most where it has to end at the latest
   * @param lag how far before that it is decided
   * @return empty: it is not cut now
   */
  static Optional<Loudness.Pause> now(Loudness loudness, Stretch growing, long most, long lag) {
    long now = loudness.heard();
    long longest = most - growing.start();
    if (now >= most - lag) {
      long least = growing.start() + longest / 3;
      return Optional.of(loudness.best(Math.max(growing.agreedTo(), least), Math.min(now, most)));
    }
    double late = (now - growing.start() - FROM * longest) / ((1 - FROM) * longest);
    if (late < 0) {
      return Optional.empty();
    }
    long voiced = loudness.voicedEnd(growing.start());
    long needed = Math.max(PAUSE_LEAST, (long) ((1 - late) * PAUSE_MOST));
    return now - voiced >= needed ? Optional.of(new Loudness.Pause(voiced, now)) : Optional.empty();
  }
}
