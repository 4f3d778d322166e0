package dev.parley.hub.recognition.live;

import dev.parley.core.audio.TurnDetection;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a turn ends, as a caller wants it; what is empty is the server's choice.
 *
 * @param mode by what the end of a turn is told
 * @param speech when speech starts and stops
 * @param eagerness how soon a turn counts as ended, with {@link Mode#SEMANTIC}
 * @param eagerThreshold certainty from which on an eager end of turn is told, 0..1; empty: never
 * @param maxWaitMs longest silence before a turn ends whatever was said
 */
public record TurnSettings(
    Mode mode,
    TurnDetection speech,
    Eagerness eagerness,
    OptionalDouble eagerThreshold,
    OptionalInt maxWaitMs) {

  /** By what the end of a turn is told. */
  public enum Mode {
    /** By nothing: the caller finalizes. */
    NONE,
    /** By silence. */
    SERVER_VAD,
    /** By silence and what was said. */
    SEMANTIC
  }

  /** How soon a turn counts as ended. */
  public enum Eagerness {
    AUTO,
    LOW,
    MEDIUM,
    HIGH
  }

  /** Everything is the server's choice: silence ends a turn. */
  public static final TurnSettings UNSTATED =
      new TurnSettings(
          Mode.SERVER_VAD,
          TurnDetection.UNSTATED,
          Eagerness.AUTO,
          OptionalDouble.empty(),
          OptionalInt.empty());
}
