package dev.parley.gpu.codec;

/**
 * Mu-law and A-law of ITU-T G.711, between bytes and 16-bit samples. Both decode by a table; they
 * encode to the code whose value is nearest, by the segment that the sample falls into.
 */
final class G711 {

  private static final int MULAW_BIAS = 132;
  private static final int MULAW_MAX = 32_635;

  private static final short[] MULAW = new short[256];
  private static final short[] ALAW = new short[256];

  static {
    for (int code = 0; code < 256; code++) {
      MULAW[code] = (short) mulawValue(~code & 255);
      ALAW[code] = (short) alawValue(code ^ 0x55);
    }
  }

  private G711() {}

  static short mulaw(byte code) {
    return MULAW[code & 255];
  }

  static short alaw(byte code) {
    return ALAW[code & 255];
  }

  private static int mulawValue(int bits) {
    int magnitude = (((bits & 15) << 3) + MULAW_BIAS) << ((bits >> 4) & 7);
    return (bits & 128) != 0 ? MULAW_BIAS - magnitude : magnitude - MULAW_BIAS;
  }

  private static int alawValue(int bits) {
    int segment = (bits >> 4) & 7;
    int step = (bits & 15) << 4;
    int magnitude = segment == 0 ? step + 8 : (step + 264) << (segment - 1);
    return (bits & 128) != 0 ? magnitude : -magnitude;
  }

  static byte toMulaw(int sample) {
    int sign = sample < 0 ? 128 : 0;
    int biased = Math.min(Math.abs(sample), MULAW_MAX) + MULAW_BIAS;
    int segment = 31 - Integer.numberOfLeadingZeros(biased) - 7;
    int step = (biased >> (segment + 3)) & 15;
    return (byte) ~(sign | (segment << 4) | step);
  }

  static byte toAlaw(int sample) {
    int sign = sample < 0 ? 0 : 128;
    int magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32_767) >> 4;
    if (magnitude < 32) {
      // The two lowest segments have the same step.
      return (byte) ((sign | magnitude) ^ 0x55);
    }
    int segment = 31 - Integer.numberOfLeadingZeros(magnitude) - 3;
    int step = (magnitude >> (segment - 1)) & 15;
    return (byte) ((sign | (segment << 4) | step) ^ 0x55);
  }
}
