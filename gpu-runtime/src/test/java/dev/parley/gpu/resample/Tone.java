package dev.parley.gpu.resample;

/** A sine at -1 dBFS, and what a least-squares fit finds of it in the middle half of a signal. */
final class Tone {

  static final double AMPLITUDE = Math.pow(10, -0.05);

  private Tone() {}

  record Fit(double gainDb, double noiseDb, double phase) {}

  static double[] of(double frequency, int rate, int length) {
    double[] tone = new double[length];
    for (int i = 0; i < length; i++) {
      tone[i] = AMPLITUDE * Math.sin(2 * Math.PI * frequency * i / rate);
    }
    return tone;
  }

  /** Gain, all that is not the tone relative to the tone, and how far it was shifted. */
  static Fit fit(double[] signal, double frequency, int rate) {
    int from = signal.length / 4;
    int to = signal.length * 3 / 4;
    double cc = 0;
    double cs = 0;
    double ss = 0;
    double xc = 0;
    double xs = 0;
    for (int i = from; i < to; i++) {
      double turn = 2 * Math.PI * frequency * i / rate;
      double c = Math.cos(turn);
      double s = Math.sin(turn);
      cc += c * c;
      cs += c * s;
      ss += s * s;
      xc += signal[i] * c;
      xs += signal[i] * s;
    }
    double determinant = cc * ss - cs * cs;
    double cosine = (xc * ss - xs * cs) / determinant;
    double sine = (xs * cc - xc * cs) / determinant;
    double tone = 0;
    double rest = 0;
    for (int i = from; i < to; i++) {
      double turn = 2 * Math.PI * frequency * i / rate;
      double fitted = cosine * Math.cos(turn) + sine * Math.sin(turn);
      tone += fitted * fitted;
      rest += (signal[i] - fitted) * (signal[i] - fitted);
    }
    double gain = 20 * Math.log10(Math.hypot(cosine, sine) / AMPLITUDE);
    return new Fit(gain, 10 * Math.log10(rest / tone), Math.atan2(cosine, sine));
  }

  /** The level of the middle half relative to a tone's. */
  static double levelDb(double[] signal) {
    double sum = 0;
    int from = signal.length / 4;
    int to = signal.length * 3 / 4;
    for (int i = from; i < to; i++) {
      sum += signal[i] * signal[i];
    }
    return 10 * Math.log10(sum / (to - from) / (AMPLITUDE * AMPLITUDE / 2) + 1e-40);
  }
}
