package dev.parley.hub.speech;

import dev.parley.core.speech.Pronunciation;
import dev.parley.core.speech.SpeechText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks other words instead of certain phrases, for every model. Pure. */
final class Aliases {

  static final String ALPHABET = "alias";

  private Aliases() {}

  /** The text with the phrases replaced where they stand as whole words, case aside. */
  static String applied(String text, List<Pronunciation> pronunciations) {
    String result = text;
    for (Pronunciation pronunciation : pronunciations) {
      if (pronunciation.alphabet().equalsIgnoreCase(ALPHABET)) {
        result =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}])"
                        + Pattern.quote(pronunciation.phrase())
                        + "(?![\\p{L}\\p{N}])",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(result)
                .replaceAll(Matcher.quoteReplacement(pronunciation.sounds()));
      }
    }
    return result;
  }

  /** The piece with other words in it; its place in the text stays. */
  static Unit.Piece applied(Unit.Piece piece, List<Pronunciation> pronunciations) {
    return pronunciations.isEmpty() || !(piece.text() instanceof SpeechText.Plain(var plain))
        ? piece
        : new Unit.Piece(
            piece.segment(),
            new SpeechText.Plain(applied(plain, pronunciations)),
            piece.start(),
            piece.joined(),
            piece.pauseMs());
  }

  /** Those that the models themselves have to read. */
  static List<Pronunciation> others(List<Pronunciation> pronunciations) {
    return pronunciations.stream()
        .filter(pronunciation -> !pronunciation.alphabet().equalsIgnoreCase(ALPHABET))
        .toList();
  }
}
