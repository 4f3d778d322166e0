package dev.parley.gpu.denoise;

import java.util.Arrays;

/**
 * The gain of a bin from what was measured around it: a network of two small layers, the same for
 * every bin, that takes the place of the log-MMSE formula. Bins up to 2.2 kHz are asked one by one,
 * above that ever fewer, and what lies between is interpolated. Holds scratch memory: for one
 * thread at a time.
 */
final class GainRule {

  /** Values that are known of a bin. */
  static final int INPUTS = 25;

  private static final int FIRST = 16;
  private static final int SECOND = 8;
  private static final float CLIP = 4;

  /** The bins that are asked, of 257. */
  private static final int[] ASKED = asked();

  private final float[][] inputs = new float[INPUTS][ASKED.length];
  private final float[][] first = new float[FIRST][ASKED.length];
  private final float[][] second = new float[SECOND][ASKED.length];
  private final float[] last = new float[ASKED.length];

  /**
   * Works out the gains, 0 to 1.
   *
   * @param values {@value #INPUTS} rows, a value for each bin
   */
  void gains(float[][] values, float[] gains) {
    for (int i = 0; i < INPUTS; i++) {
      float mean = GainRuleConstants.MEAN[i];
      float scale = GainRuleConstants.SCALE[i];
      for (int k = 0; k < ASKED.length; k++) {
        inputs[i][k] = Math.min(Math.max((values[i][ASKED[k]] - mean) * scale, -CLIP), CLIP);
      }
    }
    layer(inputs, GainRuleConstants.FIRST, GainRuleConstants.FIRST_BIAS, first);
    layer(first, GainRuleConstants.SECOND, GainRuleConstants.SECOND_BIAS, second);
    Arrays.fill(last, GainRuleConstants.LAST_BIAS);
    for (int i = 0; i < SECOND; i++) {
      add(last, GainRuleConstants.LAST[i], second[i]);
    }
    for (int k = 0; k < last.length; k++) {
      last[k] = 1 / (1 + (float) Math.exp(-last[k]));
    }
    interpolate(gains);
  }

  private static void layer(float[][] in, float[] weights, float[] biases, float[][] out) {
    for (int unit = 0; unit < out.length; unit++) {
      float[] sum = out[unit];
      Arrays.fill(sum, biases[unit]);
      for (int i = 0; i < in.length; i++) {
        add(sum, weights[unit * in.length + i], in[i]);
      }
      for (int k = 0; k < sum.length; k++) {
        sum[k] = Math.max(sum[k], 0);
      }
    }
  }

  /** A loop that compilers turn into vectors. */
  private static void add(float[] sum, float weight, float[] values) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += weight * values[k];
    }
  }

  private void interpolate(float[] gains) {
    for (int k = 0; k + 1 < ASKED.length; k++) {
      int from = ASKED[k];
      int width = ASKED[k + 1] - from;
      for (int i = 0; i < width; i++) {
        gains[from + i] = last[k] + (last[k + 1] - last[k]) * i / width;
      }
    }
    gains[ASKED[ASKED.length - 1]] = last[ASKED.length - 1];
  }

  private static int[] asked() {
    int[] bins = new int[SpectralKernel.BINS];
    int count = 0;
    for (; count < 72; count++) {
      bins[count] = count;
    }
    for (double bin = 72; bin < SpectralKernel.BINS - 1; bin += bin * 0.035) {
      bins[count++] = (int) Math.rint(bin);
    }
    bins[count++] = SpectralKernel.BINS - 1;
    return Arrays.copyOf(bins, count);
  }
}
