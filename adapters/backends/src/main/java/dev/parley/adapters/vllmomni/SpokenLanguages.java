package dev.parley.adapters.vllmomni;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Qwen3-TTS calls languages by their English names, not by their codes. */
final class SpokenLanguages {

  private static final Map<String, String> NAMES =
      Map.of(
          "zh", "Chinese",
          "en", "English",
          "ja", "Japanese",
          "ko", "Korean",
          "de", "German",
          "fr", "French",
          "ru", "Russian",
          "pt", "Portuguese",
          "es", "Spanish",
          "it", "Italian");

  static final List<String> TAGS = NAMES.keySet().stream().sorted().toList();

  private SpokenLanguages() {}

  /**
   * The name for a BCP 47 tag, whatever its region; empty for a language that it does not speak.
   */
  static Optional<String> name(String tag) {
    int end = tag.indexOf('-');
    return Optional.ofNullable(NAMES.get(end < 0 ? tag : tag.substring(0, end)));
  }
}
