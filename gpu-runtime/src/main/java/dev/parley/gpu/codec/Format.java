package dev.parley.gpu.codec;

/**
 * What audio is, or is to become, as bytes. Zero leaves a figure open: a decoder then takes it from
 * the bytes, an encoder chooses a bit rate.
 *
 * @param encoding how samples are written
 * @param sampleRateHz frames a second, 0 or 1..768000
 * @param channels 0 or 1..64
 * @param bitRateBps bits a second of all channels together, for lossy encodings only, 0 or more
 */
public record Format(Encoding encoding, int sampleRateHz, int channels, int bitRateBps) {

  public Format {
    if (sampleRateHz < 0 || sampleRateHz > 768_000) {
      throw new IllegalArgumentException(
          "sampleRateHz: " + sampleRateHz + " (expected: 0..768000 Hz)");
    }
    if (channels < 0 || channels > 64) {
      throw new IllegalArgumentException("channels: " + channels + " (expected: 0..64)");
    }
    if (bitRateBps < 0) {
      throw new IllegalArgumentException("bitRateBps: " + bitRateBps + " (expected: 0 or more)");
    }
  }

  /** A format with the bit rate left to the encoder. */
  public Format(Encoding encoding, int sampleRateHz, int channels) {
    this(encoding, sampleRateHz, channels, 0);
  }
}
