package dev.parley.hub.speech;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import java.util.OptionalInt;

/** How much sound can be the speech of a text; a model that talks on and on is stopped by it. */
final class SoundLimit {

  private static final long BYTES_MIN = 4L << 20;

  /** A second for each character, as 16-bit samples at 48 kHz: slower than anybody speaks. */
  private static final long BYTES_A_CHARACTER = 96_000;

  private static final long BYTES_MAX = 128L << 20;

  private final Target target;
  private long left;

  SoundLimit(Target target, int characters) {
    this.target = target;
    this.left = Math.clamp(characters * BYTES_A_CHARACTER, BYTES_MIN, BYTES_MAX);
  }

  /** Counts; fails when it is too much. */
  void count(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw new HubException(
          new HubError.BackendFailed(
              target,
              OptionalInt.empty(),
              "it gave more sound than the text can take",
              HubError.Reached.BACKEND));
    }
  }
}
