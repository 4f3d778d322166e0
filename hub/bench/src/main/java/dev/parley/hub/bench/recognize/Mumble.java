package dev.parley.hub.bench.recognize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Somebody who talks in phrases with pauses between them: syllables of a pitched buzz through the
 * resonances of vowels, over faint noise. Detectors hear it as speech. The same seed makes the same
 * sound.
 *
 * @param sound 16-bit samples of one channel, little-endian
 * @param phrases where somebody speaks, in order
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
record Mumble(byte[] sound, List<Mumble.Phrase> phrases) {

  /** Of the samples, in Hz. */
  static final int RATE_HZ = 16_000;

  private static final double[][] VOWELS = {
    {730, 1_090, 2_440}, {270, 2_290, 3_010}, {300, 870, 2_240}, {530, 1_840, 2_480}
  };
  private static final int SYLLABLE = RATE_HZ * 240 / 1_000;
  private static final int VOICED = RATE_HZ * 180 / 1_000;
  private static final double LOUDNESS = 0.5;
  private static final double NOISE = 1e-4;

  /** From its first sample to behind its last one. */
  record Phrase(int from, int to) {}

  Mumble {
    phrases = List.copyOf(phrases);
  }

  /** Phrases of 1.5 to 2.5 s with pauses of 1.1 to 1.7 s, silence for at least 1.5 s at the end. */
  static Mumble talk(double seconds, long seed) {
    Random random = new Random(seed);
    int length = (int) (seconds * RATE_HZ);
    List<Phrase> phrases = new ArrayList<>();
    int at = (int) (RATE_HZ * (0.5 + random.nextDouble() * 0.5));
    while (true) {
      int talked = SYLLABLE * (6 + random.nextInt(5)) + VOICED;
      if (at + talked + RATE_HZ * 3 / 2 > length) {
        return of(length, phrases, random);
      }
      phrases.add(new Phrase(at, at + talked));
      at += talked + (int) (RATE_HZ * (1.1 + 0.6 * random.nextDouble()));
    }
  }

  /** Speech from beginning to end. */
  static Mumble speech(double seconds, long seed) {
    int length = (int) (seconds * RATE_HZ);
    return of(length, List.of(new Phrase(0, length)), new Random(seed));
  }

  private static Mumble of(int length, List<Phrase> phrases, Random random) {
    double[] sound = new double[length];
    for (Phrase phrase : phrases) {
      for (int at = phrase.from(); at < phrase.to(); at += SYLLABLE) {
        syllable(sound, at, Math.min(VOICED, phrase.to() - at), random);
      }
    }
    double peak = 1e-9;
    for (double sample : sound) {
      peak = Math.max(peak, Math.abs(sample));
    }
    ByteBuffer bytes = ByteBuffer.allocate(length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : sound) {
      double heard = sample * LOUDNESS / peak + NOISE * random.nextGaussian();
      bytes.putShort((short) Math.round(heard * Short.MAX_VALUE));
    }
    return new Mumble(bytes.array(), phrases);
  }

  private static void syllable(double[] sound, int from, int length, Random random) {
    double[] vowel = VOWELS[random.nextInt(VOWELS.length)];
    double pitch = 100 + random.nextInt(60);
    double glide = (random.nextDouble() - 0.5) * 0.4;
    double[] buzz = new double[length];
    double phase = 0;
    for (int i = 0; i < length; i++) {
      phase += pitch * (1 + glide * i / length) / RATE_HZ;
      if (phase >= 1) {
        phase--;
        buzz[i] = 1;
      }
    }
    for (int formant = 0; formant < vowel.length; formant++) {
      resonate(sound, from, buzz, vowel[formant], 1.0 / (1 << formant));
    }
  }

  /** Adds what one resonance makes of the buzz, faded in and out. */
  private static void resonate(double[] sound, int from, double[] buzz, double hertz, double gain) {
    double radius = Math.exp(-Math.PI * (60 + hertz / 20) / RATE_HZ);
    double first = 2 * radius * Math.cos(2 * Math.PI * hertz / RATE_HZ);
    double second = -radius * radius;
    double last = 0;
    double before = 0;
    for (int i = 0; i < buzz.length; i++) {
      double now = buzz[i] + first * last + second * before;
      before = last;
      last = now;
      double fade = Math.sin(Math.PI * (i + 0.5) / buzz.length);
      sound[from + i] += now * gain * (1 - radius) * fade;
    }
  }

  /** The same as a WAV file. */
  byte[] wav() {
    ByteBuffer file = ByteBuffer.allocate(44 + sound.length);
    return file.put(wavHead(sound.length)).put(sound).array();
  }

  /** What stands before so many bytes of samples in a WAV file. */
  static byte[] wavHead(int bytes) {
    ByteBuffer head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    head.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    head.putShort((short) 1).putShort((short) 1).putInt(RATE_HZ).putInt(RATE_HZ * 2);
    head.putShort((short) 2).putShort((short) 16);
    head.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    return head.array();
  }
}
