package dev.parley.gpu.features;

/**
 * Overlapping triangles of equal width on the mel scale 1127 ln(1 + f / 700), by which the bins of
 * a power spectrum are summed up. Immutable.
 */
public final class MelBands {

  private final int[] firstBin;
  private final float[][] weights;
  private final double[] centres;

  /**
   * Triangles whose corners are read on the mel scale, the way Kaldi draws them: the bin at 0 Hz
   * and the one at half the rate take no part.
   *
   * @param bands how many
   * @param lowHz lower corner of the first triangle
   * @param highHz upper corner of the last one, at most half of {@code rateHz}
   * @param fftSize samples of the transform
   */
  public MelBands(int bands, double lowHz, double highHz, int fftSize, int rateHz) {
    firstBin = new int[bands];
    weights = new float[bands][];
    centres = new double[bands];
    double low = mel(lowHz);
    double step = (mel(highHz) - low) / (bands + 1);
    for (int band = 0; band < bands; band++) {
      double left = low + band * step;
      double centre = left + step;
      double right = centre + step;
      centres[band] = hz(centre);
      int first = -1;
      int count = 0;
      float[] found = new float[fftSize / 2];
      for (int bin = 0; bin < fftSize / 2; bin++) {
        double at = mel((double) bin * rateHz / fftSize);
        if (at > left && at < right) {
          first = first < 0 ? bin : first;
          found[count++] = (float) (at <= centre ? (at - left) / step : (right - at) / step);
        }
      }
      firstBin[band] = Math.max(first, 0);
      weights[band] = java.util.Arrays.copyOf(found, count);
    }
  }

  /** How many bands there are. */
  public int bands() {
    return weights.length;
  }

  /** The sum of {@code power} under triangle {@code band}. */
  public float sum(float[] power, int band) {
    float[] triangle = weights[band];
    int first = firstBin[band];
    double sum = 0;
    for (int i = 0; i < triangle.length; i++) {
      sum += triangle[i] * power[first + i];
    }
    return (float) sum;
  }

  /** The mean of {@code power} under triangle {@code band}, by its weights. */
  public float mean(float[] power, int band) {
    double sum = 0;
    for (float weight : weights[band]) {
      sum += weight;
    }
    return (float) (sum(power, band) / sum);
  }

  /** The frequency in Hz at which triangle {@code band} is highest. */
  public double centreHz(int band) {
    return centres[band];
  }

  private static double hz(double mel) {
    return 700 * (Math.exp(mel / 1127) - 1);
  }

  private static double mel(double hz) {
    return 1127 * Math.log(1 + hz / 700);
  }
}
