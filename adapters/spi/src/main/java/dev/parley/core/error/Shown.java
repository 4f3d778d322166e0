package dev.parley.core.error;

import java.util.regex.Pattern;

/**
 * Text from outside made fit for a message, a log or a terminal: one line, short, and with an
 * escape for all that is neither visible nor a space.
 */
public final class Shown {

  /** Longest text; of a longer one, its begin and an ellipsis are shown. */
  public static final int CHARS_MAX = 80;

  /** Stands for what nobody may read. */
  public static final String HIDDEN = "(hidden)";

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private Shown() {}

  /** As it is, where it can be seen. */
  public static String text(String text) {
    return shown(text, CHARS_MAX, false);
  }

  /** The same of any length. */
  public static String line(String text) {
    return shown(text, Integer.MAX_VALUE, false);
  }

  /** Between double quotes. */
  public static String quoted(String text) {
    return '"' + escaped(text, CHARS_MAX) + '"';
  }

  /** A key as it is when it looks like one, else quoted. */
  public static String key(String text) {
    return PLAIN_KEY.matcher(text).matches() ? text : quoted(text);
  }

  /** For what stands between double quotes, so long at most. */
  public static String escaped(String text, int charsMax) {
    return shown(text, charsMax, true);
  }

  private static String shown(String text, int charsMax, boolean quotes) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int letter = text.codePointAt(at);
      at += Character.charCount(letter);
      if (at > charsMax) {
        return shown.append('…').toString();
      }
      append(shown, letter, quotes);
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int letter, boolean quotes) {
    switch (letter) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      case '"', '\\' -> (quotes ? shown.append('\\') : shown).append((char) letter);
      default -> {
        if (isVisible(letter)) {
          shown.appendCodePoint(letter);
        } else {
          shown.append(String.format("\\u%04x", letter));
        }
      }
    }
  }

  private static boolean isVisible(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> letter == ' ';
      default -> true;
    };
  }
}
