package dev.parley.gpu.resample;

/** A resampler's response from impulses at every phase of its input. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Response(double[] times, double[] values, double nyquist) {

  static Response of(int inRate, int outRate, Profile profile) {
    int common = gcd(inRate, outRate);
    int up = outRate / common;
    int down = inRate / common;
    int gap = (int) Math.ceil(0.05 * inRate / down) * down + 1;
    double[] in = new double[gap * (down + 1)];
    for (int i = 1; i <= down; i++) {
      in[i * gap] = 1;
    }
    double[] out = Streams.through(inRate, outRate, profile, in);
    double[] times = new double[out.length];
    for (int k = 0; k < out.length; k++) {
      double place = (double) k * down / up;
      times[k] = (place - Math.clamp(Math.round(place / gap), 1, down) * (double) gap) / inRate;
    }
    return new Response(times, out, Math.min(inRate, outRate) / 2.0);
  }

  /** At a part of the lower Nyquist frequency, relative to that of a constant. */
  double db(double frequency) {
    double re = 0;
    double im = 0;
    double sum = 0;
    for (int i = 0; i < times.length; i++) {
      if (values[i] != 0) {
        double turn = 2 * Math.PI * frequency * nyquist * times[i];
        re += values[i] * Math.cos(turn);
        im += values[i] * Math.sin(turn);
        sum += values[i];
      }
    }
    return 20 * Math.log10(Math.hypot(re, im) / sum + 1e-20);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
