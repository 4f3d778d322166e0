package dev.parley.hub.bench.kernels;

import java.util.Arrays;

/**
 * A resampler's response from impulses at every phase of its input: its outputs, interleaved, lie
 * on a grid that both rates have, so aliases and images are in it.
 */
final class Response {

  private final double[] times;
  private final double[] values;
  private final double nyquist;
  private final double topEdge;
  private final double whole;

  private Response(double[] times, double[] values, double nyquist, double topEdge) {
    this.times = times;
    this.values = values;
    this.nyquist = nyquist;
    this.topEdge = topEdge;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    this.whole = sum;
  }

  static Response of(RateChange change) {
    int common = gcd(change.inRate(), change.outRate());
    int up = change.outRate() / common;
    int down = change.inRate() / common;
    int gap = (int) Math.ceil(0.05 * change.inRate() / down) * down + 1;
    float[] in = new float[gap * (down + 1)];
    for (int i = 1; i <= down; i++) {
      in[i * gap] = 1;
    }
    float[] out = change.through(in);
    int count = 0;
    double[] times = new double[out.length];
    double[] values = new double[out.length];
    for (int k = 0; k < out.length; k++) {
      if (out[k] != 0) {
        double place = (double) k * down / up;
        long nearest = Math.clamp(Math.round(place / gap), 1, down);
        times[count] = (place - nearest * (double) gap) / change.inRate();
        values[count++] = out[k];
      }
    }
    return new Response(
        Arrays.copyOf(times, count),
        Arrays.copyOf(values, count),
        change.nyquist(),
        Math.max(change.inRate(), change.outRate()) / 2.0 / change.nyquist());
  }

  /** At a part of the lower Nyquist frequency, relative to that of a constant. */
  double db(double frequency) {
    double re = 0;
    double im = 0;
    double turns = 2 * Math.PI * frequency * nyquist;
    for (int i = 0; i < times.length; i++) {
      re += values[i] * Math.cos(turns * times[i]);
      im += values[i] * Math.sin(turns * times[i]);
    }
    return 20 * Math.log10(Math.hypot(re, im) / whole + 1e-20);
  }

  /** The largest deviation from a constant up to 0.90, in dB. */
  double rippleDb() {
    double worst = 0;
    for (int i = 1; i <= 45; i++) {
      worst = Math.max(worst, Math.abs(db(0.02 * i)));
    }
    return worst;
  }

  /** Where the response falls by so many decibels. */
  double edge(double fallDb) {
    double low = 0.5;
    double high = 1.1;
    for (int i = 0; i < 16; i++) {
      double middle = (low + high) / 2;
      if (db(middle) > -fallDb) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The largest response from a frequency on: close by finely, then up to half the higher rate. */
  double stopDb(double from) {
    double worst = Double.NEGATIVE_INFINITY;
    for (double f = from; f < from + 0.3; f += 0.0031) {
      worst = Math.max(worst, db(f));
    }
    for (int i = 0; i < 60; i++) {
      worst = Math.max(worst, db(from + 0.3 + Math.max(0, topEdge - from - 0.3) * i / 60));
    }
    return worst;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
