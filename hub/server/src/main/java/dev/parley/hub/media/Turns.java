package dev.parley.hub.media;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What callers say of turns, as the segmentation wants it. */
public final class Turns {

  private Turns() {}

  /** The same of a {@code vad}. */
  static SegmentationSettings settings(TurnDetection said, SegmentationSettings usual) {
    return settings("vad", said, usual);
  }

  /**
   * These settings where the caller says nothing else.
   *
   * @param field what messages call what the caller said
   * @throws HubException when a value is out of its range
   */
  static SegmentationSettings settings(
      String field, TurnDetection said, SegmentationSettings usual) {
    try {
      double threshold = said.threshold().orElse(usual.threshold());
      return new SegmentationSettings(
          threshold,
          said.exitThreshold().orElse(SegmentationSettings.exitBelow(threshold)),
          said.prefixPaddingMs().orElse(usual.prefixPaddingMs()),
          said.silenceDurationMs().orElse(usual.silenceDurationMs()),
          said.minSpeechMs().orElse(usual.minSpeechMs()),
          said.maxSpeechMs().orElse(usual.maxSpeechMs()),
          said.endPaddingMs().orElse(usual.endPaddingMs()),
          usual.minPauseMs());
    } catch (IllegalArgumentException e) {
      String[] words = String.valueOf(e.getMessage()).split(": ", 2);
      throw new HubException(
          new HubError.InvalidRequest(field + "." + snake(words[0]), found(words), expected(words)),
          e);
    }
  }

  /**
   * What a caller said, and what holds for a live stream where he said nothing.
   *
   * @param field what messages call what the caller said
   * @param maxSpeechMs longest stretch where he said nothing; 0: never cut
   * @throws HubException when a value is out of its range
   */
  public static TurnDetection effective(String field, TurnDetection said, int maxSpeechMs) {
    SegmentationSettings all =
        settings(field, said, SegmentationSettings.SERVER_VAD.withSpeechMs(0, 0));
    int most = said.maxSpeechMs().orElse(maxSpeechMs);
    return new TurnDetection(
        OptionalDouble.of(all.threshold()),
        OptionalDouble.of(all.exitThreshold()),
        OptionalInt.of(all.prefixPaddingMs()),
        OptionalInt.of(all.endPaddingMs()),
        OptionalInt.of(all.silenceDurationMs()),
        OptionalInt.of(all.minSpeechMs()),
        OptionalInt.of(most));
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String found(String[] words) {
    return words.length < 2 ? "not allowed" : words[1].replaceAll(" \\(expected.*", "");
  }

  private static String expected(String[] words) {
    return words.length < 2 ? "another value" : words[1].replaceAll(".*\\(expected: (.*)\\)", "$1");
  }
}
