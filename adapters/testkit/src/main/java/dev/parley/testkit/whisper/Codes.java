package dev.parley.testkit.whisper;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The languages that the fakes know: a few of Whisper's hundred. */
final class Codes {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("en", "english"),
          Map.entry("de", "german"),
          Map.entry("fr", "french"),
          Map.entry("es", "spanish"),
          Map.entry("it", "italian"),
          Map.entry("zh", "chinese"),
          Map.entry("ja", "japanese"),
          Map.entry("haw", "hawaiian"));

  private Codes() {}

  static boolean knows(String code) {
    return NAMES.containsKey(code);
  }

  /** The code of a language that is given by its code or its name. */
  static Optional<String> of(String codeOrName) {
    var given = codeOrName.toLowerCase(Locale.ROOT);
    return NAMES.entrySet().stream()
        .filter(e -> e.getKey().equals(given) || e.getValue().equals(given))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  static String name(String code) {
    return NAMES.getOrDefault(code, code);
  }
}
