package dev.parley.hub.speech.text;

/** Lines that stand for themselves: items of lists, headings, rules. */
final class Lines {
  private static final int DIGITS_MAX = 3;

  private Lines() {}

  /** Whether a line that begins at {@code from} is one. */
  static Certainty standsAlone(CharSequence text, int from, int end, boolean last) {
    if (from >= end) {
      return last ? Certainty.NO : Certainty.OPEN;
    }
    char first = text.charAt(from);
    return switch (first) {
      case '-', '*', '+', '#', '=', '_', '\u2022', '\u2023', '\u25E6', '\u2013' ->
          marked(text, from, end, last);
      default -> first >= '0' && first <= '9' ? numbered(text, from, end, last) : Certainty.NO;
    };
  }

  /** A mark, or several of it, and a space; or a line of nothing but marks. */
  private static Certainty marked(CharSequence text, int from, int end, boolean last) {
    int i = from;
    while (i < end && text.charAt(i) == text.charAt(from)) {
      i++;
    }
    if (i == end) {
      return last ? Certainty.NO : Certainty.OPEN;
    }
    return Certainty.of(Letters.isSpace(text.charAt(i)));
  }

  private static Certainty numbered(CharSequence text, int from, int end, boolean last) {
    int i = from;
    while (i < end && i - from < DIGITS_MAX && Character.isDigit(text.charAt(i))) {
      i++;
    }
    if (i < end && text.charAt(i) != '.' && text.charAt(i) != ')') {
      return Certainty.NO;
    }
    if (i + 1 >= end) {
      return last ? Certainty.NO : Certainty.OPEN;
    }
    return Certainty.of(Letters.isSpace(text.charAt(i + 1)));
  }
}
