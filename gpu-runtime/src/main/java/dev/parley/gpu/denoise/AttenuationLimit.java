package dev.parley.gpu.denoise;

/**
 * Most that noise is lowered by, as the share of the unchanged signal that is mixed into the
 * enhanced one.
 */
record AttenuationLimit(float noisyShare) {

  /**
   * A limit in dB, 0 or more: 0 leaves the signal as it is, {@link Denoiser#UNLIMITED} mixes
   * nothing in.
   */
  static AttenuationLimit of(float db) {
    if (!(db >= 0)) {
      throw new IllegalArgumentException("attenuationLimitDb: " + db + " (expected: 0 or more)");
    }
    return new AttenuationLimit((float) Math.pow(10, -db / 20));
  }

  /** The enhanced value with the noisy one mixed in. */
  float mix(float noisy, float enhanced) {
    return noisyShare * noisy + (1 - noisyShare) * enhanced;
  }
}
