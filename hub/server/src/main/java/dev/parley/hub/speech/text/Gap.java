package dev.parley.hub.speech.text;

/**
 * White space between two words.
 *
 * @param to index of what follows it
 * @param lines how many line breaks it holds; a paragraph separator counts as two
 */
record Gap(int to, int lines) {

  static Gap at(CharSequence text, int from, int end) {
    int lines = 0;
    int i = from;
    while (i < end && Letters.isSpace(text.charAt(i))) {
      char letter = text.charAt(i);
      boolean second = letter == '\n' && i > from && text.charAt(i - 1) == '\r';
      if (letter == 0x2029) {
        lines += 2;
      } else if (isBreak(letter) && !second) {
        lines++;
      }
      i++;
    }
    return new Gap(i, lines);
  }

  private static boolean isBreak(char letter) {
    return letter == '\n' || letter == '\r' || letter == 0x85 || letter == 0x2028;
  }
}
