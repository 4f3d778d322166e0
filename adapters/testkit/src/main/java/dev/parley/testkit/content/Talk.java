package dev.parley.testkit.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sound in which words are said, for tests of recognition: detectors of speech hear it as speech,
 * and {@link Ears} reads from any piece of it which words are in it, and when.
 *
 * <p>A word is voiced syllables below 3.2 kHz, and above them the tones of its {@link PitchCode}
 * from 3.6 to 6.7 kHz; 50 ms of near silence lie between two words. The same calls make the same
 * sound. Not for several threads while words are added.
 */
public final class Talk {
  /** Between two words of one phrase. */
  public static final double GAP_SECONDS = 0.050;

  static final double LOWEST_HERTZ = 3_600;

  private static final int RATE_LEAST = 16_000;
  private static final double TONES = 0.12;
  private static final double NOISE = 1e-4;

  private final int rateHz;
  private final List<Spoken> spoken = new ArrayList<>();
  private double seconds;
  private boolean inPhrase;

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Spoken(TimedWord word, int[] pitches) {}

  private Talk(int rateHz) {
    this.rateHz = rateHz;
  }

  /**
   * Sound in which nothing is said yet.
   *
   * @throws IllegalArgumentException under 16 kHz, where the tones find no room
   */
  public static Talk begin(int rateHz) {
    if (rateHz < RATE_LEAST) {
      throw new IllegalArgumentException("rateHz: " + rateHz + " (expected: 16000 or more)");
    }
    return new Talk(rateHz);
  }

  /** Adds so much silence. */
  public Talk silence(double seconds) {
    this.seconds += seconds;
    inPhrase = false;
    return this;
  }

  /** Adds the words of a text, which blanks divide. */
  public Talk say(String text) {
    Words.deltas(text).stream().map(String::strip).filter(w -> !w.isEmpty()).forEach(this::word);
    return this;
  }

  private void word(String text) {
    var start = inPhrase ? seconds + GAP_SECONDS : seconds;
    var pitches = PitchCode.pitches(text);
    seconds = start + pitches.length * PitchCode.TONE_SECONDS;
    inPhrase = true;
    spoken.add(new Spoken(new TimedWord(text, start, seconds), pitches));
  }

  /** The words that were said, with their times. */
  public List<TimedWord> words() {
    return spoken.stream().map(Spoken::word).toList();
  }

  /** The words, a blank between two. */
  public String text() {
    return String.join(" ", spoken.stream().map(s -> s.word().text()).toList());
  }

  /** How long it lasts. */
  public double seconds() {
    return seconds;
  }

  /** How many samples it has. */
  public long length() {
    return Math.round(seconds * rateHz);
  }

  /** All of it as one channel of samples from -1 to 1. */
  public float[] samples() {
    return samples(0, Math.toIntExact(length()));
  }

  /**
   * A piece of it, so that long talks need not be held as a whole.
   *
   * @param from the first sample, 0 or more
   * @param count how many; what lies behind the end is silent
   */
  public float[] samples(long from, int count) {
    var out = new float[count];
    for (var i = 0; i < count; i++) {
      out[i] = (float) (NOISE * noise(from + i));
    }
    for (var i = firstEndingAfter((double) from / rateHz); i < spoken.size(); i++) {
      if (spoken.get(i).word().start() * rateHz >= from + count) {
        break;
      }
      add(out, from, spoken.get(i), i);
    }
    return out;
  }

  /** All of it as a WAV file. */
  public byte[] wav() {
    return Wave.file(Wave.pcm(samples()), rateHz);
  }

  /** The sound from one time to another as a WAV file, in seconds. */
  public byte[] wav(double from, double to) {
    var first = Math.round(from * rateHz);
    var count = (int) (Math.min(length(), Math.round(to * rateHz)) - first);
    return Wave.file(Wave.pcm(samples(first, count)), rateHz);
  }

  private int firstEndingAfter(double time) {
    var ends = spoken.stream().mapToDouble(s -> s.word().end()).toArray();
    var found = Arrays.binarySearch(ends, time);
    return found < 0 ? -found - 1 : found;
  }

  private void add(float[] out, long from, Spoken said, int seed) {
    var start = said.word().start();
    var syllables = new Syllables(said.word().end() - start, seed);
    var first = Math.max(from, (long) Math.ceil(start * rateHz));
    var end = Math.min(from + out.length, (long) Math.ceil(said.word().end() * rateHz));
    for (var at = first; at < end; at++) {
      var time = (double) at / rateHz - start;
      var tones = TONES * PitchCode.wave(said.pitches(), LOWEST_HERTZ, time);
      out[(int) (at - from)] += (float) (tones + syllables.wave(time));
    }
  }

  /** Evenly spread from -1 to 1, and the same for the same sample wherever a piece begins. */
  private static double noise(long sample) {
    var mixed = sample * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return (double) (mixed ^ mixed >>> 31) / Long.MAX_VALUE;
  }
}
