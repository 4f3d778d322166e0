package dev.parley.hub.bench.kernels;

import dev.parley.gpu.resample.Profile;
import java.util.Arrays;

/**
 * A resampler for whole signals that is seen from outside only.
 *
 * @param inRate in Hz
 * @param outRate in Hz
 */
record RateChange(int inRate, int outRate, Way way) {

  /** Who does it. */
  @FunctionalInterface
  interface Way {
    float[] through(float[] in, int inRate, int outRate);
  }

  static RateChange ours(Pair pair, Profile profile) {
    return new RateChange(
        pair.inRate, pair.outRate, (in, from, to) -> Streams.resampled(in, from, to, profile));
  }

  /** Two rates in Hz. */
  record Pair(int inRate, int outRate) {

    boolean lowers() {
      return outRate < inRate;
    }

    @Override
    public String toString() {
      return kilohertz(inRate) + ">" + kilohertz(outRate);
    }
  }

  private static String kilohertz(int rate) {
    return rate % 1000 == 0 ? Integer.toString(rate / 1000) : Double.toString(rate / 1000.0);
  }

  float[] through(float[] in) {
    return way.through(in, inRate, outRate);
  }

  /** Half of the lower rate. */
  double nyquist() {
    return Math.min(inRate, outRate) / 2.0;
  }

  /** A frequency that must still pass, in Hz. */
  double nearEdge() {
    return 0.85 * nyquist();
  }

  Tone.Fit tone(double frequency) {
    return Tone.fit(through(Tone.of(frequency, inRate, inRate)), frequency, outRate);
  }

  /** What is left of the worst of fifteen tones that must vanish, in dB. */
  double aliasDb() {
    double worst = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 15; i++) {
      double low = nyquist() * 1.05;
      double frequency = low + (inRate * 0.49 - low) * i / 14;
      worst = Math.max(worst, Tone.levelDb(through(Tone.of(frequency, inRate, inRate / 4))));
    }
    return worst;
  }

  /** Gain for a constant, in dB. */
  double constantGainDb() {
    float[] in = new float[inRate / 2];
    Arrays.fill(in, 0.5f);
    float[] out = through(in);
    double sum = 0;
    for (int i = out.length / 4; i < out.length * 3 / 4; i++) {
      sum += out[i];
    }
    return 20 * Math.log10(sum / (out.length * 3 / 4 - out.length / 4) / 0.5);
  }
}
