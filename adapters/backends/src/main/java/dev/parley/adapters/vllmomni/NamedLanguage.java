package dev.parley.adapters.vllmomni;

import dev.parley.core.recognition.LanguageNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the language that an answer names, alone or in a sentence. */
final class NamedLanguage {

  private static final String NO_LETTERS = "[^\\p{L}\\p{M}'-]+";
  private static final int WORDS_MAX = 50;

  private NamedLanguage() {}

  /** Its tag; empty where none or more than one is named. */
  static Optional<String> in(String answer) {
    Optional<String> alone = LanguageNames.tag(answer.replaceAll("[.!\\s]+$", ""));
    if (alone.isPresent()) {
      return alone;
    }
    // Names only: codes such as "is" are words of every sentence.
    Set<String> names = LanguageNames.names();
    List<String> tags =
        Arrays.stream(answer.toLowerCase(Locale.ROOT).split(NO_LETTERS, WORDS_MAX))
            .filter(names::contains)
            .flatMap(name -> LanguageNames.tag(name).stream())
            .distinct()
            .toList();
    return tags.size() == 1 ? Optional.of(tags.getFirst()) : Optional.empty();
  }
}
