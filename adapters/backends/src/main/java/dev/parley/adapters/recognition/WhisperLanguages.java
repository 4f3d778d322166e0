package dev.parley.adapters.recognition;

import dev.parley.core.recognition.LanguageNames;
import java.util.List;
import java.util.Optional;

/** The hundred languages that Whisper knows, by its own codes. */
public final class WhisperLanguages {

  /** As it spells them; a server that is told of any other does not do what was meant. */
  public static final List<String> CODES =
      List.of(
          "en", "zh", "de", "es", "ru", "ko", "fr", "ja", "pt", "tr", "pl", "ca", "nl", "ar", "sv",
          "it", "id", "hi", "fi", "vi", "he", "uk", "el", "ms", "cs", "ro", "da", "hu", "ta", "no",
          "th", "ur", "hr", "bg", "lt", "la", "mi", "ml", "cy", "sk", "te", "fa", "lv", "bn", "sr",
          "az", "sl", "kn", "et", "mk", "br", "eu", "is", "hy", "ne", "mn", "bs", "kk", "sq", "sw",
          "gl", "mr", "pa", "si", "km", "sn", "yo", "so", "af", "oc", "ka", "be", "tg", "sd", "gu",
          "am", "yi", "lo", "uz", "fo", "ht", "ps", "tk", "nn", "mt", "sa", "lb", "my", "bo", "tl",
          "mg", "as", "tt", "haw", "ln", "ha", "ba", "jw", "su", "yue");

  private WhisperLanguages() {}

  /** Its code for a BCP 47 tag; empty when it has none. */
  public static Optional<String> code(String tag) {
    String primary = LanguageNames.primary(tag);
    String code =
        switch (primary) {
          case "jv" -> "jw";
          case "nb" -> "no";
          case "fil" -> "tl";
          default -> primary;
        };
    return Optional.of(code).filter(CODES::contains);
  }

  /** The code for the language to expect; empty for none or several, as it takes one. */
  public static Optional<String> only(List<String> tags) {
    return tags.size() == 1 ? code(tags.getFirst()) : Optional.empty();
  }
}
