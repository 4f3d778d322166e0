package dev.parley.testkit.content;

import java.util.List;

/**
 * The speech of every fake voice: sound from which a test can read back which text was spoken.
 *
 * <p>The tones of its {@link PitchCode}, so that short fades and trimmed silence take nothing of
 * the text. Silence lies around it, as around the speech of real engines. Reading looks only at
 * which pitch is strongest and where it changes: gain, resampling, lossy coding and a rest of noise
 * do not matter.
 */
public final class SpokenText {
  /** Silence before and after the sound when nobody asks for another. */
  public static final int SILENCE_MILLIS = 120;

  /** Silence from which on two stretches of sound are two utterances. */
  public static final int PAUSE_MILLIS = 30;

  private static final double LOWEST_HERTZ = 400;
  private static final double AMPLITUDE = 0.3;

  private SpokenText() {}

  /** Frequency of a pitch: 400, 580, ... 3460 Hz, which telephone lines carry too. */
  static double hertz(int pitch) {
    return LOWEST_HERTZ + PitchCode.STEP_HERTZ * pitch;
  }

  /** The text as one channel of sound, peak 0.3, with the usual silence around it. */
  public static float[] samples(String text, int sampleRateHz) {
    return samples(text, sampleRateHz, SILENCE_MILLIS, SILENCE_MILLIS);
  }

  /** The text as one channel of sound with so much silence before and after it. */
  public static float[] samples(String text, int sampleRateHz, int leadMs, int trailMs) {
    var pitches = PitchCode.pitches(text);
    var lead = (int) (leadMs * (long) sampleRateHz / 1000);
    var trail = (int) (trailMs * (long) sampleRateHz / 1000);
    var sounding = (int) Math.round(pitches.length * PitchCode.TONE_SECONDS * sampleRateHz);
    var out = new float[lead + sounding + trail];
    for (var i = 0; i < sounding; i++) {
      var time = (double) i / sampleRateHz;
      out[lead + i] = (float) (AMPLITUDE * PitchCode.wave(pitches, LOWEST_HERTZ, time));
    }
    return out;
  }

  /** Seconds of the sounding part. */
  public static double seconds(String text) {
    return PitchCode.pitches(text).length * PitchCode.TONE_SECONDS;
  }

  /** {@link #samples(String, int)} as signed 16-bit little-endian integers. */
  public static byte[] pcm(String text, int sampleRateHz) {
    return Wave.pcm(samples(text, sampleRateHz));
  }

  /** {@link #samples(String, int, int, int)} as signed 16-bit little-endian integers. */
  public static byte[] pcm(String text, int sampleRateHz, int leadMs, int trailMs) {
    return Wave.pcm(samples(text, sampleRateHz, leadMs, trailMs));
  }

  /** A WAV file of the text that tells its true sizes. */
  public static byte[] wav(String text, int sampleRateHz) {
    return Wave.file(pcm(text, sampleRateHz), sampleRateHz);
  }

  /** A WAV file whose sizes are open, as servers send that write while they speak. */
  public static byte[] wavOpen(String text, int sampleRateHz) {
    return Wave.openFile(pcm(text, sampleRateHz), sampleRateHz);
  }

  /** Everything that is said in one channel of sound, one utterance after the other. */
  public static String read(float[] mono, int sampleRateHz) {
    return String.join("", utterances(mono, sampleRateHz));
  }

  /** What is said, a text for each stretch of sound; what is no text of a fake reads as nothing. */
  public static List<String> utterances(float[] mono, int sampleRateHz) {
    return new PitchReader(mono, sampleRateHz).utterances();
  }
}
