package dev.parley.gpu.denoise;

import java.util.Arrays;
import java.util.function.IntSupplier;

/** Signals sent through denoisers, and how far two signals lie apart. */
final class Streams {

  private Streams() {}

  /** The whole answer when every call delivers as many samples as asked for. */
  static float[] run(Denoiser denoiser, float limitDb, float[] in, IntSupplier chunk) {
    try (DenoiseStream stream = denoiser.open(limitDb)) {
      float[] out = new float[in.length];
      int written = 0;
      for (int read = 0; read < in.length; ) {
        int length = Math.min(chunk.getAsInt(), in.length - read);
        float[] ready = new float[stream.outputMax(length)];
        int count = stream.process(in, read, length, ready, 0);
        System.arraycopy(ready, 0, out, written, count);
        written += count;
        read += length;
      }
      float[] rest = new float[stream.finishMax()];
      int count = stream.finish(rest, 0);
      System.arraycopy(rest, 0, out, written, count);
      if (written + count != in.length) {
        throw new AssertionError((written + count) + " samples out, " + in.length + " in");
      }
      return out;
    }
  }

  /** The whole answer to one call. */
  static float[] run(Denoiser denoiser, float limitDb, float[] in) {
    return run(denoiser, limitDb, in, () -> in.length);
  }

  /** Power of a signal over the power of its difference from another, in dB. */
  static double matchDb(float[] expected, float[] actual) {
    double signal = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      signal += (double) expected[i] * expected[i];
      difference += Math.pow((double) expected[i] - actual[i], 2);
    }
    return 10 * Math.log10(signal / Math.max(difference, 1e-30));
  }

  static double rmsDb(float[] signal, int from, int to) {
    double power = 0;
    for (int i = from; i < to; i++) {
      power += (double) signal[i] * signal[i];
    }
    return 10 * Math.log10(power / (to - from) + 1e-20);
  }

  static float[] first(float[] signal, int count) {
    return Arrays.copyOf(signal, count);
  }

  static float[] scaled(float[] signal, double db) {
    float gain = (float) Math.pow(10, db / 20);
    float[] scaled = new float[signal.length];
    for (int i = 0; i < signal.length; i++) {
      scaled[i] = gain * signal[i];
    }
    return scaled;
  }
}
