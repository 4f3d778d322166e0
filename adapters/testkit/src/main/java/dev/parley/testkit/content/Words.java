package dev.parley.testkit.content;

import java.util.ArrayList;
import java.util.List;

/** Words as the fakes count them: runs of non-blank characters. */
public final class Words {
  private Words() {}

  /** How many words a text has. */
  public static int count(String text) {
    return deltas(text).size();
  }

  /**
   * The text in pieces of one word each, blanks kept with the word they precede; joined they are
   * the text.
   */
  public static List<String> deltas(String text) {
    var pieces = new ArrayList<String>();
    var start = 0;
    var inWord = false;
    for (var i = 0; i < text.length(); i++) {
      var blank = Character.isWhitespace(text.charAt(i));
      if (blank && inWord) {
        pieces.add(text.substring(start, i));
        start = i;
      }
      inWord = !blank;
    }
    if (inWord) {
      pieces.add(text.substring(start));
    } else if (start < text.length() && !pieces.isEmpty()) {
      pieces.set(pieces.size() - 1, pieces.getLast() + text.substring(start));
    }
    return List.copyOf(pieces);
  }

  /** The first so many words. */
  public static String first(String text, int words) {
    var pieces = deltas(text);
    return String.join("", pieces.subList(0, Math.min(words, pieces.size())));
  }
}
