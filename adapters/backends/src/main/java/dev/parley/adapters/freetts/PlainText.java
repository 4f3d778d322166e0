package dev.parley.adapters.freetts;

import java.text.Normalizer;
import java.util.Optional;

/**
 * Brings a text into the characters that the engine knows, one for one, so that places in it stay
 * what they are: accents go, typographic marks become plain ones, everything else becomes a blank
 * and is not heard. A text of signs alone is a short silence.
 */
final class PlainText {

  private static final char BLANK = ' ';
  private static final int ASCII_END = 0x7F;

  private PlainText() {}

  /** Empty when the text has letters and none of them can be read. */
  static Optional<String> of(String text) {
    char[] out = new char[text.length()];
    boolean letters = false;
    boolean read = false;
    for (int i = 0; i < out.length; i++) {
      char from = text.charAt(i);
      out[i] = plain(from);
      letters |= Character.isLetter(from) || (Character.isSurrogate(from) && isLetterAt(text, i));
      read |= Character.isLetterOrDigit(out[i]);
    }
    return letters && !read ? Optional.empty() : Optional.of(new String(out));
  }

  private static boolean isLetterAt(String text, int at) {
    return Character.isLetter(text.codePointAt(at));
  }

  private static char plain(char from) {
    if (from < ASCII_END) {
      return from < BLANK ? BLANK : from;
    }
    return switch (from) {
      case '\u2018', '\u2019', '\u201B', '\u2032', '\u02BC' -> '\'';
      case '\u201C', '\u201D', '\u201E', '\u201F', '\u00AB', '\u00BB', '\u2033' -> '"';
      case '\u2010', '\u2011', '\u2012', '\u2212' -> '-';
      // A dash between words is a pause.
      case '\u2013', '\u2014', '\u2015' -> ',';
      case '\u2026' -> '.';
      case '\u00E6', '\u0153' -> 'e';
      case '\u00C6', '\u0152' -> 'E';
      case '\u00F8' -> 'o';
      case '\u00D8' -> 'O';
      case '\u0142' -> 'l';
      case '\u0141' -> 'L';
      case '\u00DF' -> 's';
      default -> withoutAccent(from);
    };
  }

  private static char withoutAccent(char from) {
    if (Character.isSurrogate(from)) {
      return BLANK;
    }
    char base = Normalizer.normalize(String.valueOf(from), Normalizer.Form.NFD).charAt(0);
    return base < ASCII_END ? base : BLANK;
  }
}
