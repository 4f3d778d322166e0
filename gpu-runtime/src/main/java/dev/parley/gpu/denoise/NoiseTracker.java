package dev.parley.gpu.denoise;

import java.util.Arrays;

/**
 * What is known of every bin of a noisy spectrum. The noise power follows the signal where speech
 * is improbable (Gerkmann and Hendriks, 2012, "Unbiased MMSE-Based Noise Power Estimation With Low
 * Complexity and Low Tracking Delay"); the a priori ratio of speech to noise is directed by the
 * decision of the frame before (Ephraim and Malah, 1984). Ratios are natural logarithms. One
 * instance per signal.
 */
final class NoiseTracker {

  private static final int BINS = SpectralKernel.BINS;
  private static final int LEARNED = 8;

  /** The ratio that speech is supposed to have where there is some: 15 dB. */
  private static final float SPEECH = (float) Math.pow(10, 1.5);

  private static final float FLOOR = 1e-12f;

  private final float[][] values = new float[GainRule.INPUTS][BINS];
  private final float[] noise = new float[BINS];
  private final float[] presence = new float[BINS];
  private final float[] presenceMean = new float[BINS];
  private final float[] ratio = new float[BINS];
  private final float[] decided = new float[BINS];
  private final float[] quick = new float[BINS];
  private final float[] slow = new float[BINS];
  private final float[] restless = new float[BINS];
  private final float[] prior = new float[BINS];
  private final float[] before = new float[BINS];
  private final float[] before2 = new float[BINS];
  private final double[] sums = new double[BINS + 1];
  private float active;
  private int frames;

  NoiseTracker() {
    reset();
  }

  void reset() {
    Arrays.fill(presenceMean, 0.5f);
    Arrays.fill(decided, 1);
    Arrays.fill(restless, 1);
    for (float[] cleared : new float[][] {quick, slow, before, before2}) {
      Arrays.fill(cleared, 0);
    }
    for (int k = 0; k < BINS; k++) {
      values[23][k] = (float) k / BINS;
      values[24][k] = (float) (Math.log(1 + k / 4.0) / Math.log(2) / 6);
    }
    active = 0;
    frames = 0;
  }

  /** The inputs of {@link GainRule} for a frame of these powers; overwritten by the next one. */
  float[][] next(float[] power) {
    for (int k = 0; k < BINS; k++) {
      track(k, power[k] + FLOOR);
    }
    frames = Math.min(frames + 1, LEARNED);
    float speech = mean(presence, 6, 120);
    active = 0.85f * active + 0.15f * speech;
    describe(speech);
    return values;
  }

  private void track(int k, float power) {
    if (frames == 0) {
      noise[k] = power;
    } else if (frames < LEARNED) {
      noise[k] = (noise[k] * frames + Math.min(power, 4 * noise[k])) / (frames + 1);
    }
    float exponent = Math.min(power / noise[k] * (SPEECH / (1 + SPEECH)), 60);
    float likely = 1 / (1 + (1 + SPEECH) * (float) Math.exp(-exponent));
    presence[k] = likely;
    presenceMean[k] = 0.9f * presenceMean[k] + 0.1f * likely;
    // A bin that seemed to be speech for long is noise that became louder.
    float certain = presenceMean[k] > 0.99f ? Math.min(likely, 0.99f) : likely;
    noise[k] = 0.8f * noise[k] + 0.2f * (certain * noise[k] + (1 - certain) * power);
    float over = Math.min(power / noise[k], 1e4f);
    float level = Math.max(log(over), -4);
    ratio[k] = level;
    float apriori = Math.max(0.94f * decided[k] + 0.06f * Math.max(over - 1, 0), 0.01f);
    float wiener = apriori / (1 + apriori);
    decided[k] = wiener * wiener * over;
    prior[k] = log(apriori);
    quick[k] = 0.6f * quick[k] + 0.4f * level;
    slow[k] = 0.9f * slow[k] + 0.1f * level;
    restless[k] = 0.93f * restless[k] + 0.07f * Math.abs(level - before[k]);
  }

  private void describe(float speech) {
    for (int k = 0; k < BINS; k++) {
      values[0][k] = ratio[k];
      values[1][k] = at(k - 1);
      values[2][k] = at(k + 1);
      values[3][k] = at(k - 2);
      values[4][k] = at(k + 2);
      values[5][k] = 0.5f * (at(k - 3) + at(k - 4));
      values[6][k] = 0.5f * (at(k + 3) + at(k + 4));
    }
    smooth(ratio, 8, values[7]);
    smooth(ratio, 20, values[8]);
    System.arraycopy(quick, 0, values[9], 0, BINS);
    smooth(quick, 2, values[10]);
    smooth(quick, 6, values[11]);
    System.arraycopy(slow, 0, values[12], 0, BINS);
    smooth(slow, 6, values[13]);
    System.arraycopy(prior, 0, values[14], 0, BINS);
    smooth(prior, 2, values[15]);
    System.arraycopy(restless, 0, values[16], 0, BINS);
    System.arraycopy(before, 0, values[17], 0, BINS);
    System.arraycopy(before2, 0, values[18], 0, BINS);
    Arrays.fill(values[19], speech);
    Arrays.fill(values[20], active);
    Arrays.fill(values[21], mean(ratio, 0, 64));
    Arrays.fill(values[22], mean(ratio, 64, BINS));
    System.arraycopy(before, 0, before2, 0, BINS);
    System.arraycopy(ratio, 0, before, 0, BINS);
  }

  /**
   * The natural logarithm of a positive number, to 0.0001: exponent, and a polynomial of the rest.
   */
  private static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    float m = Float.intBitsToFloat((bits & 0x7fffff) | 0x3f800000);
    float fraction = -2.50561f + (4.04962f + (-2.0994f + (0.635511f - 0.080011f * m) * m) * m) * m;
    return (((bits >>> 23) - 127) + fraction) * 0.693147f;
  }

  private float at(int k) {
    return ratio[Math.clamp(k, 0, BINS - 1)];
  }

  private static float mean(float[] of, int from, int to) {
    float sum = 0;
    for (int k = from; k < to; k++) {
      sum += of[k];
    }
    return sum / (to - from);
  }

  /**
   * The mean over {@code reach} bins to either side; the outermost ones count as often as needed.
   */
  private void smooth(float[] of, int reach, float[] into) {
    for (int k = 0; k < BINS; k++) {
      sums[k + 1] = sums[k] + of[k];
    }
    for (int k = 0; k < BINS; k++) {
      int from = Math.max(k - reach, 0);
      int to = Math.min(k + reach, BINS - 1);
      double sum = sums[to + 1] - sums[from];
      sum += of[0] * (from - (k - reach)) + of[BINS - 1] * (k + reach - to);
      into[k] = (float) (sum / (2 * reach + 1));
    }
  }
}
