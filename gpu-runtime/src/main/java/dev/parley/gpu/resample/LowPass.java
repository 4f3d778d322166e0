package dev.parley.gpu.resample;

/**
 * A low-pass filter in continuous time: a sinc under a Kaiser window (Kaiser and Schafer, On the
 * Use of the I0-Sinh Window for Spectrum Analysis, 1980). Times are in samples of the filter's
 * input.
 *
 * @param cutoff in cycles a sample, where the response is one half
 * @param half length of either side
 * @param beta shape of the window
 */
record LowPass(double cutoff, double half, double beta) {

  /** Flat up to {@code pass}, down by {@code attenuationDb} from {@code stop} on. */
  static LowPass of(double pass, double stop, double attenuationDb) {
    double taps = (attenuationDb - 7.95) / (14.36 * (stop - pass));
    return new LowPass((pass + stop) / 2, taps / 2, 0.1102 * (attenuationDb - 8.7));
  }

  /** Inputs on either side of a moment that take part. */
  int reach() {
    return (int) Math.ceil(half);
  }

  double at(double time) {
    double place = time / half;
    if (Math.abs(place) >= 1) {
      return 0;
    }
    double x = 2 * Math.PI * cutoff * time;
    double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
    return sinc * bessel(beta * Math.sqrt(1 - place * place));
  }

  /** The modified Bessel function of order zero, by its series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > sum * 1e-18; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /**
   * What an output at {@code fraction} after a sample takes of the samples from {@code 1 - reach}
   * to {@code reach} around it. The values sum to one, so that a constant stays what it is.
   */
  double[] taps(double fraction) {
    double[] taps = new double[2 * reach()];
    double sum = 0;
    for (int i = 0; i < taps.length; i++) {
      taps[i] = at(fraction - (i - reach() + 1));
      sum += taps[i];
    }
    for (int i = 0; i < taps.length; i++) {
      taps[i] /= sum;
    }
    return taps;
  }
}
