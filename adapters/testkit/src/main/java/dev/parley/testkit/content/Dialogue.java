package dev.parley.testkit.content;

import dev.parley.testkit.sound.Babble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A recording of several speakers from which a test can hear who speaks when: {@link Babble} with a
 * quiet tone of each speaker's own through all of a turn. Gain, resampling to 16 kHz or more and
 * lossy coding do not matter; times are exact to a {@value #FRAME_MILLIS} ms frame.
 *
 * @param turns in any order; they may overlap
 */
public record Dialogue(List<Turn> turns) {

  /** How many voices there are. */
  public static final int SPEAKERS_MAX = 8;

  /** Length of the frames that are listened to. */
  public static final int FRAME_MILLIS = 50;

  private static final double TONE = 0.1;
  private static final double BABBLE = 0.5;

  /** Of the loudest tone of the recording: what is less is no voice. */
  private static final double SHARE_MIN = 0.4;

  private static final double POWER_MIN = 0.004;
  private static final double TAIL_SECONDS = 0.2;

  /**
   * What one of them says in one go.
   *
   * @param speaker from 0
   * @param start in seconds
   * @param end in seconds
   */
  public record Turn(int speaker, double start, double end) {}

  public Dialogue {
    turns = List.copyOf(turns);
    if (turns.stream().anyMatch(turn -> turn.speaker() < 0 || turn.speaker() >= SPEAKERS_MAX)) {
      throw new IllegalArgumentException(turns + " (expected: speakers 0..7)");
    }
  }

  /** A recording with these turns. */
  public static Dialogue of(Turn... turns) {
    return new Dialogue(List.of(turns));
  }

  /** One person alone, from the first moment on. */
  public static Dialogue voice(int speaker, double seconds) {
    return of(new Turn(speaker, 0, seconds));
  }

  /** As one channel of sound, with a moment of silence at its end. */
  public float[] samples(int rateHz) {
    var end = turns.stream().mapToDouble(Turn::end).max().orElse(0) + TAIL_SECONDS;
    var sound = new float[(int) Math.round(end * rateHz)];
    for (var turn : turns) {
      var from = (int) Math.round(turn.start() * rateHz);
      var length = (int) Math.round(turn.end() * rateHz) - from;
      var babble = Babble.samples(rateHz, length / (double) rateHz, 1 + turn.speaker());
      for (var i = 0; i < length && from + i < sound.length; i++) {
        var phase = 2 * Math.PI * hertz(turn.speaker()) * (from + i) / rateHz;
        sound[from + i] += (float) (BABBLE * babble[i] + TONE * Math.sin(phase));
      }
    }
    return sound;
  }

  /** As a WAV file of one channel of 16-bit integers. */
  public byte[] wav(int rateHz) {
    return Wave.file(Wave.pcm(samples(rateHz)), rateHz);
  }

  /** Who speaks when in one channel of sound, by the start; nobody in what is no such recording. */
  public static List<Turn> heard(float[] mono, int rateHz) {
    var frame = rateHz * FRAME_MILLIS / 1000;
    var frames = (mono.length + frame - 1) / frame;
    var levels = new double[SPEAKERS_MAX][frames];
    var loudest = POWER_MIN;
    for (var speaker = 0; speaker < SPEAKERS_MAX; speaker++) {
      for (var i = 0; i < frames; i++) {
        levels[speaker][i] = level(mono, i * frame, frame, hertz(speaker) / rateHz);
        loudest = Math.max(loudest, levels[speaker][i]);
      }
    }
    var turns = new ArrayList<Turn>();
    for (var speaker = 0; speaker < SPEAKERS_MAX; speaker++) {
      add(turns, speaker, levels[speaker], Math.max(POWER_MIN, loudest * SHARE_MIN));
    }
    turns.sort(Comparator.comparingDouble(Turn::start));
    return turns;
  }

  /** Who speaks most in a file of {@link Wave}; -1: nobody. */
  public static int speaker(byte[] wav) {
    var shares = new double[SPEAKERS_MAX];
    for (var turn : heard(Wave.samples(Wave.data(wav)), Wave.sampleRateHz(wav))) {
      shares[turn.speaker()] += turn.end() - turn.start();
    }
    var most = Arrays.stream(shares).max().orElse(0);
    for (var speaker = 0; speaker < SPEAKERS_MAX; speaker++) {
      if (most > 0 && shares[speaker] == most) {
        return speaker;
      }
    }
    return -1;
  }

  private static void add(List<Turn> turns, int speaker, double[] levels, double least) {
    var begun = -1;
    for (var i = 0; i <= levels.length; i++) {
      var speaks = i < levels.length && levels[i] >= least;
      if (speaks && begun < 0) {
        begun = i;
      } else if (!speaks && begun >= 0) {
        turns.add(new Turn(speaker, seconds(begun), seconds(i)));
        begun = -1;
      }
    }
  }

  private static double seconds(int frames) {
    return frames * FRAME_MILLIS / 1000.0;
  }

  /** 3600, 4000, ... 6400 Hz: above the resonances of the babble. */
  private static double hertz(int speaker) {
    return 3_600 + 400 * speaker;
  }

  /** Amplitude of a pitch in a frame, by Goertzel's way with a window of Hann's. */
  private static double level(float[] mono, int from, int length, double turnsPerSample) {
    var turn = 2 * Math.cos(2 * Math.PI * turnsPerSample);
    var one = 0.0;
    var two = 0.0;
    for (var i = 0; i < length; i++) {
      var window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
      var sample = from + i < mono.length ? mono[from + i] : 0;
      var next = window * sample + turn * one - two;
      two = one;
      one = next;
    }
    var power = one * one + two * two - turn * one * two;
    return Math.sqrt(Math.max(0, power)) * 4 / length;
  }
}
