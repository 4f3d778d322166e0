package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;
import java.util.Optional;

/** Where speech that goes on for too long is cut. Pure. */
final class Cuts {

  /** A cut. */
  sealed interface Cut {

    /** Between two words. */
    record InPause(Loudness.Pause pause) implements Cut {}

    /**
     * There is no pause: two clips share a part of the sound, so that each word is whole in one.
     *
     * @param from where the later one begins
     * @param to where the earlier one ends
     */
    record Shared(long from, long to) implements Cut {}
  }

  private static final int SAMPLES_PER_MS = Clip.RATE_HZ / 1_000;

  /** Pauses at which a stretch is cut early: shorter ones as it nears its bound. */
  private static final long PAUSE_MOST = 500 * SAMPLES_PER_MS;

  /**
   * What two clips share where there is no pause: longer than two words, unless clips are short.
   */
  private static final long SHARED_SAMPLES = 2L * Clip.RATE_HZ;

  /** Shorter silence is found within words, too: before a consonant such as the t of "later". */
  private static final long SURE = 160 * SAMPLES_PER_MS;

  /** The share of the longest length from which on a pause is looked for. */
  private static final double FROM = 0.6;

  private Cuts() {}

  /**
   * Where a stretch is cut now: in the pause that is, if that is long enough for how long the
   * stretch is; at its bound in the best pause behind all words that are stable, as those have been
   * told as a part of it; anywhere when there is none, so that the next clip shares the end.
   *
   * @param most where it has to end at the latest
   * @param lag how far before that it is decided
   * @return empty: it is not cut now
   */
  static Optional<Cut> now(Loudness loudness, Stretch growing, long most, long lag) {
    long now = loudness.heard();
    long longest = most - growing.start();
    if (now >= most - lag) {
      long least = growing.start() + longest / 3;
      long to = Math.min(now, most);
      Loudness.Pause best = loudness.best(Math.max(growing.agreedTo(), least), to);
      return Optional.of(
          best.length() >= SURE
              ? new Cut.InPause(best)
              : new Cut.Shared(to - Math.min(SHARED_SAMPLES, longest / 3), to));
    }
    double late = (now - growing.start() - FROM * longest) / ((1 - FROM) * longest);
    if (late < 0) {
      return Optional.empty();
    }
    long voiced = loudness.voicedEnd(growing.start());
    long needed = Math.max(SURE, (long) ((1 - late) * PAUSE_MOST));
    return now - voiced >= needed
        ? Optional.of(new Cut.InPause(new Loudness.Pause(voiced, now)))
        : Optional.empty();
  }
}
