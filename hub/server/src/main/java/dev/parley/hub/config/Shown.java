package dev.parley.hub.config;

import java.util.regex.Pattern;

/** Text from outside made fit for a message: one line, escaped, shortened. */
final class Shown {

  static final int CHARS_MAX = 80;
  static final String HIDDEN = "(hidden)";

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private Shown() {}

  static String quoted(String text) {
    return '"' + escaped(text, CHARS_MAX) + '"';
  }

  /** A key as it is when it looks like one, else quoted. */
  static String key(String text) {
    return PLAIN_KEY.matcher(text).matches() ? text : quoted(text);
  }

  /** All but visible characters and the space as an escape, such as the four digits of a code. */
  static String escaped(String text, int charsMax) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(text.length(), charsMax);
    for (int i = 0; i < end; i++) {
      append(shown, text.charAt(i));
    }
    return end < text.length() ? shown.append('…').toString() : shown.toString();
  }

  private static void append(StringBuilder shown, char c) {
    switch (c) {
      case '"', '\\' -> shown.append('\\').append(c);
      case '\n' -> shown.append("\\n");
      case '\t' -> shown.append("\\t");
      default -> {
        if (Character.isLetterOrDigit(c) || (c >= ' ' && c <= '~')) {
          shown.append(c);
        } else {
          shown.append(String.format("\\u%04x", (int) c));
        }
      }
    }
  }
}
