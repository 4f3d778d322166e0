package dev.parley.gpu.denoise;

/**
 * What DeepFilterNet3 is shown of a frame (Schröter et al., 2023, "DeepFilterNet: Perceptually
 * Motivated Real-Time Speech Enhancement"): log power in 32 ERB bands less its running mean, and
 * the lowest 96 bins over the root of their running mean magnitude. Both means forget with a time
 * constant of one second. One instance per signal.
 */
final class DeepFilterFeatures {

  static final int FFT = 960;
  static final int HOP = 480;
  static final int BINS = FFT / 2 + 1;
  static final int BANDS = 32;

  /** Bins, from 0, that are filtered rather than scaled: up to 4.8 kHz. */
  static final int FILTERED = 96;

  /** Taps of that filter, over frames. */
  static final int TAPS = 5;

  /** Bins of every band, lowest first. */
  static final int[] WIDTHS = {
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 5, 5, 7, 7, 8, 10, 12, 13, 15, 18, 20, 24, 28, 31, 37,
    42, 50, 56, 67
  };

  private static final float FORGET = 0.99f;
  private static final float POWER_FLOOR = 1e-10f;

  // The published normaliser has no floor. After a minute of digital silence its mean would be so
  // small that the first word after it is shown a million times too loud.
  private static final float MAGNITUDE_FLOOR = 1e-7f;

  private final float[] bandMean = new float[BANDS];
  private final float[] binMean = new float[FILTERED];

  DeepFilterFeatures() {
    for (int band = 0; band < BANDS; band++) {
      bandMean[band] = -60 - 30f * band / (BANDS - 1);
    }
    for (int bin = 0; bin < FILTERED; bin++) {
      binMean[bin] = 0.001f - 0.0009f * bin / (FILTERED - 1);
    }
  }

  /**
   * Takes a frame's spectrum, scaled by 1 / {@value #FFT}.
   *
   * @param bands takes 32 values
   * @param spectrum takes 96 real parts, then 96 imaginary ones
   */
  void next(float[] re, float[] im, float[] bands, float[] spectrum) {
    int bin = 0;
    for (int band = 0; band < BANDS; band++) {
      float power = 0;
      for (int end = bin + WIDTHS[band]; bin < end; bin++) {
        power += re[bin] * re[bin] + im[bin] * im[bin];
      }
      float db = (float) (10 * Math.log10(power / WIDTHS[band] + POWER_FLOOR));
      bandMean[band] = FORGET * bandMean[band] + (1 - FORGET) * db;
      bands[band] = (db - bandMean[band]) / 40;
    }
    for (int k = 0; k < FILTERED; k++) {
      float magnitude = (float) Math.sqrt(re[k] * re[k] + im[k] * im[k]);
      binMean[k] = Math.max(FORGET * binMean[k] + (1 - FORGET) * magnitude, MAGNITUDE_FLOOR);
      float scale = 1 / (float) Math.sqrt(binMean[k]);
      spectrum[k] = re[k] * scale;
      spectrum[FILTERED + k] = im[k] * scale;
    }
  }
}
