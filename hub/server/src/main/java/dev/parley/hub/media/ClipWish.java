package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;

/**
 * How a sound is to be made ready for a backend.
 *
 * @param field what messages call the sound
 * @param encoding what the backend takes best, WAV or FLAC; what is longer than ten minutes becomes
 *     FLAC in any case
 * @param span the part that is wanted
 * @param secondsMax longer sound is refused, at most {@link #SECONDS_MAX}
 * @param bytesMax a larger file is refused
 */
public record ClipWish(
    String field, AudioEncoding encoding, Span span, double secondsMax, long bytesMax) {

  /** No clip is longer, whatever a backend takes. */
  public static final double SECONDS_MAX = 7_200;

  public ClipWish {
    if (encoding != AudioEncoding.WAV && encoding != AudioEncoding.FLAC) {
      throw new IllegalArgumentException("encoding: " + encoding + " (expected: WAV or FLAC)");
    }
    secondsMax = Math.min(secondsMax, SECONDS_MAX);
  }

  /** The whole of a sound. */
  public static ClipWish of(
      String field, AudioEncoding encoding, double secondsMax, long bytesMax) {
    return new ClipWish(field, encoding, Span.WHOLE, secondsMax, bytesMax);
  }
}
