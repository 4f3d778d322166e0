package dev.parley.hub.recognition;

/**
 * Makes one text of pieces that come one after the other, and says for each what it adds: all that
 * was added, one behind the other, is the text at any time. For one thread.
 */
final class TextJoint {

  private final StringBuilder text = new StringBuilder();

  /** White space at the end of what came, which is dropped when nothing follows. */
  private final StringBuilder held = new StringBuilder();

  private boolean seam;

  /** What comes next is from another clip. */
  void seam() {
    seam = !text.isEmpty();
  }

  /** Takes more; gives what that adds to the text. May be empty. */
  String add(String more) {
    int start = 0;
    int end = more.length();
    if (text.isEmpty() || seam) {
      while (start < end && Character.isWhitespace(more.charAt(start))) {
        start++;
      }
    }
    if (start == end) {
      return "";
    }
    int last = end;
    while (last > start && Character.isWhitespace(more.charAt(last - 1))) {
      last--;
    }
    if (last == start) {
      held.append(more, start, end);
      return "";
    }
    StringBuilder added = new StringBuilder();
    if (seam) {
      held.setLength(0);
      added.append(between(text.codePointBefore(text.length()), more.codePointAt(start)));
      seam = false;
    } else {
      added.append(held);
      held.setLength(0);
    }
    added.append(more, start, last);
    held.append(more, last, end);
    text.append(added);
    return added.toString();
  }

  /** Scripts without spaces between words are joined without one. */
  private static String between(int before, int behind) {
    return isWithoutSpaces(before) && isWithoutSpaces(behind) ? "" : " ";
  }

  /** Whether a letter or mark belongs to writing that puts no spaces between words. */
  static boolean isWithoutSpaces(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default ->
          (codePoint >= 0x3000 && codePoint <= 0x303f)
              || (codePoint >= 0xff00 && codePoint <= 0xff0f)
              || codePoint == 0xff1f;
    };
  }

  /** The whole text so far. */
  String text() {
    return text.toString();
  }

  /** Pieces of a text as one. */
  static String of(Iterable<String> pieces) {
    TextJoint joint = new TextJoint();
    for (String piece : pieces) {
      joint.seam();
      var _ = joint.add(piece);
    }
    return joint.text();
  }
}
