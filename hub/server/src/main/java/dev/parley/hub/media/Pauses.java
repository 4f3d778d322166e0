package dev.parley.hub.media;

import dev.parley.gpu.vad.SpeechDetector;
import java.util.OptionalLong;

/** Finds where a sound can be cut without cutting a word. */
final class Pauses {

  /** Heard before the stretch that is searched, so that the detector is used to the sound. */
  private static final int BEFORE = 2 * SpeechDetector.RATE_HZ;

  private static final float QUIET = 0.35f;

  /** Shorter silence is found within words, too: before a consonant such as the t of "later". */
  private static final long SURE = SpeechDetector.RATE_HZ * 160L / 1_000;

  private final SpeechDetector detector;

  Pauses(SpeechDetector detector) {
    this.detector = detector;
  }

  /**
   * The middle of the longest pause between two positions; empty: a cut might go through a word.
   */
  OptionalLong best(PcmTape tape, long from, long to) {
    long begin = Math.max(tape.start(), from - BEFORE);
    float[] heard = new float[(int) (to - begin)];
    for (int i = 0; i < heard.length; i++) {
      heard[i] = tape.sample(begin + i) / 32_768f;
    }
    float[] speech = detector.probabilities(heard);
    int chunk = detector.chunkSamples();
    int longest = 0;
    long cut = -1;
    int quiet = 0;
    for (int i = (int) ((from - begin) / chunk); i < speech.length; i++) {
      quiet = speech[i] < QUIET ? quiet + 1 : 0;
      // Of two pauses the later one is better: fewer clips.
      if (quiet > 0 && quiet >= longest) {
        longest = quiet;
        cut = begin + (long) (i + 1) * chunk - (long) quiet * chunk / 2;
      }
    }
    return (long) longest * chunk < SURE
        ? OptionalLong.empty()
        : OptionalLong.of(Math.clamp(cut, from + 1, to));
  }
}
