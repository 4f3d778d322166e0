package dev.parley.adapters.fasterwhisper;

import dev.parley.adapters.recognition.Members;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads what {@code /detect-language} answers: the likeliest languages, the first with how sure.
 */
final class Detection {

  private static final int LANGUAGES_MAX = 200;

  private Detection() {}

  /** A transcript without text; empty when the answer names no language. */
  static Optional<Transcript> read(JsonValue answer) {
    String language = Members.language(Members.text(answer, "detected_language"));
    if (language.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble probability = Members.within(answer, "probability", 0, 1);
    List<LanguageGuess> guesses = new ArrayList<>();
    for (JsonValue entry : Members.objects(answer, "all_languages")) {
      String tag = Members.language(Members.text(entry, "code"));
      if (!tag.isEmpty() && guesses.size() < LANGUAGES_MAX) {
        guesses.add(
            new LanguageGuess(tag, tag.equals(language) ? probability : OptionalDouble.empty()));
      }
    }
    return Optional.of(
        new Transcript(
            "",
            language,
            probability,
            guesses,
            OptionalDouble.empty(),
            List.of(),
            List.of(),
            RecognitionUsage.UNKNOWN,
            Json.EMPTY_OBJECT));
  }
}
