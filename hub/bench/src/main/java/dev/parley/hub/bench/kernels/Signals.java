package dev.parley.hub.bench.kernels;

/** What can be said of a signal, alone or beside another one of the same length. */
final class Signals {

  private Signals() {}

  /** Mean power in dB of full scale. */
  static double levelDb(float[] signal, int from, int to) {
    double power = 0;
    for (int i = from; i < to; i++) {
      power += (double) signal[i] * signal[i];
    }
    return 10 * Math.log10(power / (to - from) + 1e-20);
  }

  static double levelDb(float[] signal) {
    return levelDb(signal, 0, signal.length);
  }

  /** How far the difference lies below the wanted signal, in dB, over the first samples. */
  static double matchDb(float[] wanted, float[] found, int length) {
    double power = 0;
    double difference = 0;
    for (int i = 0; i < length; i++) {
      double d = (double) wanted[i] - found[i];
      power += (double) wanted[i] * wanted[i];
      difference += d * d;
    }
    return 10 * Math.log10(power / Math.max(difference, 1e-30));
  }

  /** Scale-invariant signal-to-distortion ratio in dB, means removed (Le Roux et al., 2019). */
  static double siSdrDb(float[] clean, float[] found) {
    double cleanMean = mean(clean);
    double foundMean = mean(found);
    double dot = 0;
    double power = 0;
    for (int i = 0; i < clean.length; i++) {
      double c = clean[i] - cleanMean;
      dot += c * (found[i] - foundMean);
      power += c * c;
    }
    double scale = dot / power;
    double target = 0;
    double rest = 0;
    for (int i = 0; i < clean.length; i++) {
      double t = scale * (clean[i] - cleanMean);
      double r = found[i] - foundMean - t;
      target += t * t;
      rest += r * r;
    }
    return 10 * Math.log10(target / rest);
  }

  /** With its largest sample at so many dB of full scale. */
  static float[] withPeakDb(float[] signal, double peakDb) {
    float peak = 0;
    for (float sample : signal) {
      peak = Math.max(peak, Math.abs(sample));
    }
    float gain = (float) (Math.pow(10, peakDb / 20) / peak);
    float[] scaled = new float[signal.length];
    for (int i = 0; i < signal.length; i++) {
      scaled[i] = gain * signal[i];
    }
    return scaled;
  }

  /**
   * The longest stretch, in frames, in which speech is louder than -50 dB of full scale and what
   * was made of the signal is quieter than -90.
   */
  static int holeFrames(float[] speech, float[] found, int frame) {
    int longest = 0;
    int run = 0;
    for (int at = 0; at + frame <= speech.length; at += frame) {
      boolean hole = levelDb(speech, at, at + frame) > -50 && levelDb(found, at, at + frame) < -90;
      run = hole ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static double mean(float[] signal) {
    double sum = 0;
    for (float sample : signal) {
      sum += sample;
    }
    return sum / signal.length;
  }
}
