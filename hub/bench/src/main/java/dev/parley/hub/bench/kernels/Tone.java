package dev.parley.hub.bench.kernels;

/** A sine at -1 dBFS, and what a least-squares fit finds of it in the middle half of a signal. */
final class Tone {

  static final double AMPLITUDE = Math.pow(10, -0.05);

  private Tone() {}

  /**
   * What was found.
   *
   * @param gainDb of the tone
   * @param noiseDb all that is not the tone, relative to it
   */
  record Fit(double gainDb, double noiseDb) {}

  static float[] of(double frequency, int rateHz, int length) {
    float[] tone = new float[length];
    for (int i = 0; i < length; i++) {
      tone[i] = (float) (AMPLITUDE * Math.sin(2 * Math.PI * frequency * i / rateHz));
    }
    return tone;
  }

  static Fit fit(float[] signal, double frequency, int rateHz) {
    double cc = 0;
    double cs = 0;
    double ss = 0;
    double xc = 0;
    double xs = 0;
    double xx = 0;
    for (int i = signal.length / 4; i < signal.length * 3 / 4; i++) {
      double turn = 2 * Math.PI * frequency * i / rateHz;
      double c = Math.cos(turn);
      double s = Math.sin(turn);
      cc += c * c;
      cs += c * s;
      ss += s * s;
      xc += signal[i] * c;
      xs += signal[i] * s;
      xx += (double) signal[i] * signal[i];
    }
    double determinant = cc * ss - cs * cs;
    double cosine = (xc * ss - xs * cs) / determinant;
    double sine = (xs * cc - xc * cs) / determinant;
    double rest = 0;
    for (int i = signal.length / 4; i < signal.length * 3 / 4; i++) {
      double turn = 2 * Math.PI * frequency * i / rateHz;
      double left = signal[i] - cosine * Math.cos(turn) - sine * Math.sin(turn);
      rest += left * left;
    }
    double gain = 20 * Math.log10(Math.hypot(cosine, sine) / AMPLITUDE);
    return new Fit(gain, 10 * Math.log10(rest / xx + 1e-40));
  }

  /** The level of the middle half relative to a tone's. */
  static double levelDb(float[] signal) {
    double sum = 0;
    int from = signal.length / 4;
    int to = signal.length * 3 / 4;
    for (int i = from; i < to; i++) {
      sum += (double) signal[i] * signal[i];
    }
    return 10 * Math.log10(sum / (to - from) / (AMPLITUDE * AMPLITUDE / 2) + 1e-40);
  }
}
