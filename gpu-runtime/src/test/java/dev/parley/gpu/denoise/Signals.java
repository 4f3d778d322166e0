package dev.parley.gpu.denoise;

import java.util.Arrays;
import java.util.Random;

/** Signals for tests of denoisers, and what to measure on them. */
final class Signals {

  private Signals() {}

  /** A whole signal through a stream, in parts of the lengths that are given, again and again. */
  static float[] through(Denoiser denoiser, float[] in, float limitDb, int... parts) {
    try (DenoiseStream stream = denoiser.open(limitDb)) {
      float[] out = new float[in.length + 4096];
      int written = 0;
      for (int at = 0, turn = 0; at < in.length; turn++) {
        int part = Math.min(parts[turn % parts.length], in.length - at);
        int most = stream.outputMax(part);
        int now = stream.process(in, at, part, out, written);
        if (now < 0 || now > most) {
          throw new AssertionError("wrote " + now + " of at most " + most);
        }
        written += now;
        at += part;
      }
      int most = stream.finishMax();
      int last = stream.finish(out, written);
      if (last > most) {
        throw new AssertionError("finish wrote " + last + " of at most " + most);
      }
      return Arrays.copyOf(out, written + last);
    }
  }

  /** Noise of a given level below full scale, the same for the same seed. */
  static float[] noise(int length, double level, long seed) {
    Random random = new Random(seed);
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) (level * random.nextGaussian());
    }
    return noise;
  }

  /** How far the difference lies below the wanted signal, in dB. */
  static double signalToDifferenceDb(float[] wanted, float[] found) {
    double power = 0;
    double difference = 0;
    for (int i = 0; i < wanted.length; i++) {
      power += (double) wanted[i] * wanted[i];
      double d = (double) wanted[i] - found[i];
      difference += d * d;
    }
    return 10 * Math.log10(power / (difference + 1e-30));
  }

  /** Mean power in dB of full scale. */
  static double levelDb(float[] signal) {
    double power = 0;
    for (float sample : signal) {
      power += (double) sample * sample;
    }
    return 10 * Math.log10(power / signal.length + 1e-20);
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

  private static double mean(float[] signal) {
    double sum = 0;
    for (float sample : signal) {
      sum += sample;
    }
    return sum / signal.length;
  }
}
