package dev.parley.core.audio;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When speech starts and stops, as a caller wants it; what is empty is the server's choice.
 *
 * @param threshold probability from which on it is speech, 0..1
 * @param exitThreshold probability below which speech may end, at most the threshold
 * @param prefixPaddingMs audio before the start that is counted in
 * @param endPaddingMs audio behind the end that is counted in
 * @param silenceDurationMs silence after which speech has stopped
 * @param minSpeechMs shortest sound that counts
 * @param maxSpeechMs longest stretch before it is cut; 0: never
 */
public record TurnDetection(
    OptionalDouble threshold,
    OptionalDouble exitThreshold,
    OptionalInt prefixPaddingMs,
    OptionalInt endPaddingMs,
    OptionalInt silenceDurationMs,
    OptionalInt minSpeechMs,
    OptionalInt maxSpeechMs) {

  /** Everything is the server's choice. */
  public static final TurnDetection UNSTATED =
      new TurnDetection(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());
}
