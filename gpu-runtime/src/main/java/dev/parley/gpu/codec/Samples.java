package dev.parley.gpu.codec;

/**
 * Floats on their way into integers. They are rounded to the nearest step and clipped, without
 * dither: what came from 16 bits goes back to the same 16 bits, and the error of all else, 98 dB
 * under full scale, lies under the noise of any recording of speech.
 */
final class Samples {

  private Samples() {}

  /** 16 bits of full scale 1; silence for what is not a number. */
  static int int16(float sample) {
    return Math.clamp(Math.round(sample * 0x1p15f), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** As it is, but within full scale and a number. */
  static float clipped(float sample) {
    return sample >= -1 ? Math.min(sample, 1) : sample < -1 ? -1 : 0;
  }
}
