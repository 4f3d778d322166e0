package dev.parley.hub.edge.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a text that stands in one line: a word, a letter of a script without spaces, or part
 * of a word that is broader than a line.
 *
 * @param text without white space
 * @param from where it begins in the whole text, in UTF-16 units
 * @param spaced whether white space stood before it
 * @param width in columns
 */
record Token(String text, int from, boolean spaced, int width) {

  private static final String SENTENCE_ENDS = ".!?…。！？";
  private static final String CLAUSE_ENDS = ",;:、，；：—–";
  private static final String CLOSING = "\"')]}”’」』）】》〉";

  /** How well a line or a cue ends behind a token. */
  enum Ending {
    NONE,
    CLAUSE,
    SENTENCE
  }

  /** Where it ends in the whole text. */
  int to() {
    return from + text.length();
  }

  Ending ending() {
    int last = text.length() - 1;
    while (last > 0 && CLOSING.indexOf(text.charAt(last)) >= 0) {
      last--;
    }
    char end = text.charAt(last);
    if (SENTENCE_ENDS.indexOf(end) >= 0) {
      return Ending.SENTENCE;
    }
    return CLAUSE_ENDS.indexOf(end) >= 0 ? Ending.CLAUSE : Ending.NONE;
  }

  /**
   * The tokens of a text, in their order.
   *
   * @param widthMax the broadest one, in columns
   */
  static List<Token> of(String text, int widthMax) {
    List<Token> tokens = new ArrayList<>();
    int from = 0;
    int width = 0;
    int before = ' ';
    boolean spaced = false;
    for (int at = 0; at < text.length(); ) {
      int letter = text.codePointAt(at);
      boolean space = isSpace(letter);
      int broad = space ? 0 : TextWidth.of(letter);
      boolean full = width + broad > widthMax && TextWidth.isApart(before, letter);
      boolean open = from < at;
      if (open && (space || full || TextWidth.breaksBetween(before, letter))) {
        tokens.add(new Token(text.substring(from, at), from, spaced, width));
        spaced = false;
        from = at;
        width = 0;
      }
      at += Character.charCount(letter);
      if (space) {
        spaced = true;
        from = at;
      }
      width += broad;
      before = letter;
    }
    if (from < text.length()) {
      tokens.add(new Token(text.substring(from), from, spaced, width));
    }
    return tokens;
  }

  /** Not the spaces that do not break: they hold together what stands around them. */
  private static boolean isSpace(int letter) {
    return Character.isWhitespace(letter) || Character.isISOControl(letter);
  }
}
