package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.CORRUPT;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.OVER_LIMIT;

/** What is found, against what is allowed. */
final class Limits {

  private Limits() {}

  /** Zero stands for what is not known yet. */
  static void check(DecodeLimits limits, int channels, int sampleRateHz)
      throws UnsupportedAudioException {
    if (channels > limits.channelsMax()) {
      throw new UnsupportedAudioException(
          OVER_LIMIT, channels + " channels (at most " + limits.channelsMax() + ")");
    }
    if (sampleRateHz > limits.sampleRateHzMax()) {
      throw new UnsupportedAudioException(
          OVER_LIMIT, sampleRateHz + " Hz (at most " + limits.sampleRateHzMax() + " Hz)");
    }
    if (channels < 0 || sampleRateHz < 0) {
      throw new UnsupportedAudioException(
          CORRUPT, "corrupt: " + channels + " channels at " + sampleRateHz + " Hz");
    }
  }
}
