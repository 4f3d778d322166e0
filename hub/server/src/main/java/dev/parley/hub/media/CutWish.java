package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.TurnDetection;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a sound is to be cut into clips.
 *
 * @param encoding what the clips shall be: WAV or FLAC
 * @param secondsMax longest clip, at least 1
 * @param cut where it is cut
 * @param speechOnly present when what is no speech shall be left out: when speech starts and stops
 * @param denoise whether noise shall be removed first
 * @param channel which one; empty: the mean of all
 */
public record CutWish(
    AudioEncoding encoding,
    double secondsMax,
    Cut cut,
    Optional<TurnDetection> speechOnly,
    boolean denoise,
    OptionalInt channel) {

  /** Where a sound is cut. */
  public enum Cut {
    /** Only what is too long, at a pause. */
    WHERE_NEEDED,
    /** Every stretch of speech becomes a clip of its own, so that it is known when it was said. */
    AT_PAUSES
  }

  public CutWish {
    if (!(secondsMax >= 1)) {
      throw new IllegalArgumentException("secondsMax: " + secondsMax + " (expected: 1 or more)");
    }
  }
}
