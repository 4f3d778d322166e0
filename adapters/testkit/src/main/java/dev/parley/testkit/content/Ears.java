package dev.parley.testkit.content;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@link Talk} back from its sound, from any piece of it: which words are in it, and when
 * (within 15 ms). A word that is cut at the end reads as its first letters, one that is cut at the
 * beginning as its last ones, as far as they are heard; other sound reads as nothing. Gain,
 * resampling to 16 kHz or more and lossy coding do not matter.
 *
 * <p>Silence between tones divides words. Work grows with the length only: an hour of 16 kHz takes
 * about two seconds.
 */
public final class Ears {
  private static final double QUIET_SECONDS = 0.016;
  private static final int FRAMES_OF_TONE = 3;

  private final PitchTrack track;
  private final List<TimedWord> words = new ArrayList<>();
  private final List<Integer> tones = new ArrayList<>();
  private int last = PitchTrack.NONE;
  private double start;
  private double end;

  private Ears(PitchTrack track) {
    this.track = track;
  }

  /** The words in a WAV file of 16-bit integers; of several channels the first counts. */
  public static List<TimedWord> hear(byte[] wav) {
    return hear(Wave.firstChannel(wav), Wave.sampleRateHz(wav));
  }

  /** The words in one channel of samples. */
  public static List<TimedWord> hear(float[] mono, int rateHz) {
    return new Ears(PitchTrack.of(mono, rateHz, Talk.LOWEST_HERTZ)).words();
  }

  private List<TimedWord> words() {
    var run = 0;
    var quiet = 0;
    for (var frame = 0; frame < track.frames(); frame++) {
      var pitch = track.pitch(frame);
      quiet = pitch == PitchTrack.NONE ? quiet + 1 : 0;
      if (quiet * track.hopSeconds() >= QUIET_SECONDS) {
        endWord();
      }
      run = frame > 0 && pitch == track.pitch(frame - 1) ? run + 1 : 1;
      if (pitch != PitchTrack.NONE && run >= FRAMES_OF_TONE) {
        hearTone(pitch, frame, run);
      }
    }
    endWord();
    return List.copyOf(words);
  }

  private void hearTone(int pitch, int frame, int run) {
    if (pitch != last) {
      if (tones.isEmpty()) {
        start = track.seconds(frame - run + 1);
      }
      tones.add(pitch);
      last = pitch;
    }
    end = track.seconds(frame);
  }

  private void endWord() {
    var text = PitchCode.text(tones);
    if (!text.isBlank()) {
      words.add(new TimedWord(text, start, end));
    }
    tones.clear();
    last = PitchTrack.NONE;
  }
}
