package dev.parley.gpu.codec;

/** Samples as kernels may rely on them: numbers, none of them absurd. */
final class Finite {

  /** 48 dB over full scale. Coders overshoot a little; only broken bytes give more. */
  private static final float SAMPLE_MAX = 256;

  private Finite() {}

  static void bound(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      float sample = samples[i];
      if (!(Math.abs(sample) <= SAMPLE_MAX)) {
        samples[i] = Float.isNaN(sample) ? 0 : Math.copySign(SAMPLE_MAX, sample);
      }
    }
  }
}
