package dev.parley.adapters.voicebox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages that the server has a word for; it refuses every other. */
final class Languages {

  static final List<String> ALL =
      List.of(
          "zh", "en", "ja", "ko", "de", "fr", "ru", "pt", "es", "it", "he", "ar", "da", "el", "fi",
          "hi", "ms", "nl", "no", "pl", "sv", "sw", "tr");

  private Languages() {}

  /** The server's word for a BCP 47 tag; empty when it has none. */
  static Optional<String> of(String tag) {
    String first = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    return Optional.of(first).filter(ALL::contains);
  }
}
