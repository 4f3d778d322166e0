package dev.parley.hub.media;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import java.util.Locale;

/** What callers say of turns, as the segmentation wants it. */
final class Turns {

  private Turns() {}

  /**
   * These settings where the caller says nothing else.
   *
   * @throws HubException when a value is out of its range
   */
  static SegmentationSettings settings(TurnDetection said, SegmentationSettings usual) {
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
          new HubError.InvalidRequest("vad." + snake(words[0]), found(words), expected(words)), e);
    }
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
