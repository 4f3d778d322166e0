package dev.parley.gpu.denoise;

/**
 * The gain at which a network hears a signal: up to 40 dB for one that is quieter than what it was
 * trained on, 1 for one that is loud enough. The loudest hop so far, forgotten by 2 dB a second,
 * stands for the level of speech. DeepFilterNet3's answer is a filter for the spectrum as it came,
 * so that the gain is on what the network is shown alone and nothing has to undo it. One instance
 * per signal.
 */
interface InputLevel {

  /** The gain for a hop. */
  float next(float[] samples, int offset, int count);

  /** The gain that is 1 throughout. */
  static InputLevel asItIs() {
    return (_, _, _) -> 1;
  }

  /** The gain that brings quiet signals to the nominal level. */
  static InputLevel nominal() {
    return new InputLevel() {

      private static final double NOMINAL_DB = -30;
      private static final double GAIN_MAX_DB = 40;
      private static final double SILENCE_DB = -100;
      private static final double FORGET_DB = 0.02;

      private double loudestDb = Double.NEGATIVE_INFINITY;
      private float gain = 1;

      @Override
      public float next(float[] samples, int offset, int count) {
        float power = 0;
        for (int i = offset; i < offset + count; i++) {
          power += samples[i] * samples[i];
        }
        double db = 10 * Math.log10(power / count + 1e-20);
        if (db < SILENCE_DB) {
          return gain;
        }
        loudestDb = Math.max(db, loudestDb - FORGET_DB);
        double gainDb = Math.clamp(NOMINAL_DB - loudestDb, 0, GAIN_MAX_DB);
        gain = (float) Math.pow(10, gainDb / 20);
        return gain;
      }
    };
  }
}
