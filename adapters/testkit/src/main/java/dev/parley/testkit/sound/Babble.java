package dev.parley.testkit.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Something like speech: pulses of a gliding pitch through the resonances of vowels, in syllables
 * and phrases, over faint noise. Detectors of speech hear it as speech; nobody understands it. The
 * same seed makes the same sound.
 */
public final class Babble {

  private static final double[][] VOWELS = {
    {730, 1_090, 2_440}, {270, 2_290, 3_010}, {300, 870, 2_240}, {530, 1_840, 2_480}
  };
  private static final double SYLLABLE_SECONDS = 0.24;
  private static final double VOICED_SHARE = 0.75;
  private static final int SYLLABLES_IN_A_PHRASE = 6;
  private static final double PEAK = 0.5;
  private static final double NOISE = 1e-4;

  private Babble() {}

  /** So many seconds as a WAV file of one channel of 16-bit integers. */
  public static byte[] wav(int rateHz, double seconds, long seed) {
    return wav(samples(rateHz, seconds, seed), rateHz);
  }

  /** The same as samples, full scale 1. */
  public static float[] samples(int rateHz, double seconds, long seed) {
    Random random = new Random(seed);
    double[] sound = new double[(int) Math.round(rateHz * seconds)];
    int syllable = (int) (rateHz * SYLLABLE_SECONDS);
    for (int at = 0, i = 1; at < sound.length; at += syllable, i++) {
      // Every phrase ends with a breath.
      if (i % (SYLLABLES_IN_A_PHRASE + 1) != 0) {
        int length = Math.min((int) (syllable * VOICED_SHARE), sound.length - at);
        vowel(sound, at, length, rateHz, random);
      }
    }
    double peak = 1e-9;
    for (double sample : sound) {
      peak = Math.max(peak, Math.abs(sample));
    }
    float[] samples = new float[sound.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (sound[i] * PEAK / peak + NOISE * random.nextGaussian());
    }
    return samples;
  }

  private static void vowel(double[] sound, int from, int length, int rateHz, Random random) {
    double[] formants = VOWELS[random.nextInt(VOWELS.length)];
    double pitch = 100 + random.nextInt(60);
    double glide = (random.nextDouble() - 0.5) * 0.4;
    double[] pulses = new double[length];
    double phase = 0;
    for (int i = 0; i < length; i++) {
      phase += pitch * (1 + glide * i / length) / rateHz;
      if (phase >= 1) {
        phase -= 1;
        pulses[i] = 1;
      }
    }
    double loudness = 0.6 + 0.4 * random.nextDouble();
    for (int formant = 0; formant < formants.length; formant++) {
      resonate(sound, from, pulses, rateHz, formants[formant], loudness / (1 << formant));
    }
  }

  /** Adds the pulses as one resonance passes them on, faded in and out. */
  private static void resonate(
      double[] sound, int from, double[] pulses, int rateHz, double hertz, double gain) {
    if (hertz >= rateHz / 2.0) {
      return;
    }
    double radius = Math.exp(-Math.PI * (60 + hertz / 20) / rateHz);
    double a1 = 2 * radius * Math.cos(2 * Math.PI * hertz / rateHz);
    double a2 = -radius * radius;
    double last = 0;
    double before = 0;
    for (int i = 0; i < pulses.length; i++) {
      double now = pulses[i] + a1 * last + a2 * before;
      before = last;
      last = now;
      double fade = Math.sin(Math.PI * (i + 0.5) / pulses.length);
      sound[from + i] += now * gain * (1 - radius) * fade;
    }
  }

  /** Samples as a WAV file of one channel of 16-bit integers. */
  public static byte[] wav(float[] samples, int rateHz) {
    ByteBuffer wav = ByteBuffer.allocate(44 + samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length * 2);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(rateHz).putInt(rateHz * 2);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length * 2);
    for (float sample : samples) {
      wav.putShort((short) Math.clamp(Math.round(sample * 32_767f), -32_768, 32_767));
    }
    return wav.array();
  }
}
