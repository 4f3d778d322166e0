package dev.parley.hub.recognition.live;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.SentenceBreak;
import com.ibm.icu.lang.UProperty;

/** Whether somebody has finished what they were saying, as far as its punctuation tells. */
final class Sentences {

  private static final int ELLIPSIS = 0x2026;

  private Sentences() {}

  /**
   * Whether a text ends with a whole sentence, in whatever script. Three dots are a voice that
   * trails off: that is none.
   */
  static boolean isWhole(String text) {
    int end = text.length();
    while (end > 0) {
      int letter = text.codePointBefore(end);
      if (!isCloser(letter)) {
        return isTerminator(letter) && !text.substring(0, end).endsWith("..");
      }
      end -= Character.charCount(letter);
    }
    return false;
  }

  private static boolean isTerminator(int letter) {
    if (letter == ELLIPSIS) {
      return false;
    }
    int kind = UCharacter.getIntPropertyValue(letter, UProperty.SENTENCE_BREAK);
    return kind == SentenceBreak.STERM || kind == SentenceBreak.ATERM;
  }

  private static boolean isCloser(int letter) {
    return Character.isWhitespace(letter)
        || letter == '"'
        || letter == '\''
        || switch (Character.getType(letter)) {
          case Character.END_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION ->
              true;
          default -> false;
        };
  }
}
