package dev.parley.core.audio;

import java.util.Optional;

/**
 * What sound is, or is wanted to be.
 *
 * @param encoding empty: as the bytes tell (input), or the usual one (output)
 * @param sampleRateHz 0: as the container says, or the model's own rate
 * @param channels 0: as the container says
 * @param bitRateBps of lossy output; 0: the encoder's default
 */
public record AudioFormat(
    Optional<AudioEncoding> encoding, int sampleRateHz, int channels, int bitRateBps) {

  /** Nothing is said. */
  public static final AudioFormat UNSTATED = new AudioFormat(Optional.empty(), 0, 0, 0);

  public AudioFormat {
    require("sampleRateHz", sampleRateHz);
    require("channels", channels);
    require("bitRateBps", bitRateBps);
  }

  /** A format of which the encoder chooses the bit rate. */
  public static AudioFormat of(AudioEncoding encoding, int sampleRateHz, int channels) {
    return new AudioFormat(Optional.of(encoding), sampleRateHz, channels, 0);
  }

  private static void require(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 0 or more)");
    }
  }
}
