package dev.parley.testkit.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * The speech of every fake voice: sound from which a test can read back which text was spoken.
 *
 * <p>Each byte of the UTF-8 text is two tones of 20 ms, the high half first, out of 16 pitches. A
 * 17th stands for "the same once more", so that two neighbours never sound alike; an 18th opens and
 * closes every utterance, so that short fades and trimmed silence take nothing of the text. Silence
 * lies around it, as around the speech of real engines. Reading looks only at which pitch is
 * strongest and where it changes: gain, resampling, lossy coding and a rest of noise do not matter.
 */
public final class SpokenText {
  /** Silence before and after the sound when nobody asks for another. */
  public static final int SILENCE_MILLIS = 120;

  /** Silence from which on two stretches of sound are two utterances. */
  public static final int PAUSE_MILLIS = 30;

  static final double TONE_SECONDS = 0.020;
  static final int REPEAT = 16;
  static final int GUARD = 17;
  static final int PITCHES = 18;

  private static final double EDGE_SECONDS = 0.002;
  private static final double AMPLITUDE = 0.3;

  private SpokenText() {}

  /** Frequency of a pitch: 400, 580, ... 3460 Hz, which telephone lines carry too. */
  static double hertz(int pitch) {
    return 400 + 180 * pitch;
  }

  /** The text as one channel of sound, peak 0.3, with the usual silence around it. */
  public static float[] samples(String text, int sampleRateHz) {
    return samples(text, sampleRateHz, SILENCE_MILLIS, SILENCE_MILLIS);
  }

  /** The text as one channel of sound with so much silence before and after it. */
  public static float[] samples(String text, int sampleRateHz, int leadMs, int trailMs) {
    var pitches = pitches(text);
    var lead = (int) (leadMs * (long) sampleRateHz / 1000);
    var trail = (int) (trailMs * (long) sampleRateHz / 1000);
    var sounding = (int) Math.round(pitches.length * TONE_SECONDS * sampleRateHz);
    var out = new float[lead + sounding + trail];
    for (var i = 0; i < sounding; i++) {
      var time = (double) i / sampleRateHz;
      var slot = Math.min(pitches.length - 1, (int) (time / TONE_SECONDS));
      var within = time - slot * TONE_SECONDS;
      var wave = Math.sin(2 * Math.PI * hertz(pitches[slot]) * within);
      out[lead + i] = (float) (AMPLITUDE * edge(within) * wave);
    }
    return out;
  }

  /** Seconds of the sounding part. */
  public static double seconds(String text) {
    return pitches(text).length * TONE_SECONDS;
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

  private static int[] pitches(String text) {
    var bytes = text.getBytes(UTF_8);
    var pitches = new int[bytes.length * 2 + 2];
    pitches[0] = GUARD;
    for (var i = 0; i < bytes.length * 2; i++) {
      var half = i % 2 == 0 ? bytes[i / 2] >> 4 & 15 : bytes[i / 2] & 15;
      pitches[i + 1] = pitches[i] == half ? REPEAT : half;
    }
    pitches[pitches.length - 1] = GUARD;
    return pitches;
  }

  private static double edge(double within) {
    var distance = Math.min(within, TONE_SECONDS - within);
    return distance >= EDGE_SECONDS
        ? 1
        : 0.5 - 0.5 * Math.cos(Math.PI * Math.max(0, distance) / EDGE_SECONDS);
  }
}
