package dev.parley.gpu.vad;

import java.util.Arrays;

/**
 * The power that each band never falls below for a while: the least of its smoothed power in the
 * last 1.5 s, kept as minima of short spans so that it can rise again. Minimum statistics, as in R.
 * Martin, "Noise power spectral density estimation based on optimal smoothing and minimum
 * statistics", IEEE Trans. Speech Audio Process. 9(5), 2001, without its bias correction in time: a
 * constant takes its place. For one thread at a time; allocates nothing.
 */
final class NoiseFloor {

  private static final float SMOOTHING = 0.7f;
  private static final int SPAN = 15;
  private static final int SPANS = 10;

  private final float[] smooth;
  private final float[] current;
  private final float[][] minima;
  private int frames;
  private int spans;

  NoiseFloor(int bands) {
    smooth = new float[bands];
    current = new float[bands];
    minima = new float[SPANS][bands];
    reset();
  }

  void reset() {
    frames = 0;
    spans = 0;
    Arrays.fill(current, Float.MAX_VALUE);
  }

  /**
   * Takes the powers of a frame.
   *
   * @param loudness gets the power of each band, a little smoothed
   * @param floor gets the least power of each band
   */
  void hear(float[] power, float[] loudness, float[] floor) {
    for (int band = 0; band < power.length; band++) {
      smooth[band] =
          frames == 0 ? power[band] : SMOOTHING * smooth[band] + (1 - SMOOTHING) * power[band];
      current[band] = Math.min(current[band], smooth[band]);
      loudness[band] = (smooth[band] + power[band]) / 2;
    }
    frames++;
    if (frames % SPAN == 0) {
      System.arraycopy(current, 0, minima[spans % SPANS], 0, current.length);
      Arrays.fill(current, Float.MAX_VALUE);
      spans++;
    }
    for (int band = 0; band < power.length; band++) {
      float least = current[band];
      for (int span = 0; span < Math.min(spans, SPANS); span++) {
        least = Math.min(least, minima[span][band]);
      }
      floor[band] = least;
    }
  }
}
