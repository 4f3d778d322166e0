package dev.parley.hub.edge.transcript;

/** How broad letters are on a screen, and between which of them a line may break. */
final class TextWidth {

  private static final String NEVER_FIRST =
      "、。，．・：；？！…‥゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】％‰℃,.!?;:)]}%" + "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
  private static final String NEVER_LAST = "‘“（〔［｛〈《「『【([{";
  private static final int JOINER = 0x200D;

  private TextWidth() {}

  /** Columns of a text. */
  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** Columns of a code point: 0 for what sits on its neighbour, 2 for what is as broad as high. */
  static int of(int letter) {
    if (isAttached(letter)) {
      return 0;
    }
    return isWide(letter) ? 2 : 1;
  }

  /** Whether a line may end between two neighbouring letters of which none is white space. */
  static boolean breaksBetween(int before, int after) {
    return (isScriptWithoutSpaces(before) || isScriptWithoutSpaces(after))
        && NEVER_FIRST.indexOf(after) < 0
        && NEVER_LAST.indexOf(before) < 0
        && isApart(before, after);
  }

  /** Whether two neighbouring code points are letters of their own. */
  static boolean isApart(int before, int after) {
    return !isAttached(after) && before != JOINER;
  }

  private static boolean isAttached(int letter) {
    return switch (Character.getType(letter)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.FORMAT ->
          true;
      default -> letter >= 0x1F3FB && letter <= 0x1F3FF;
    };
  }

  private static boolean isScriptWithoutSpaces(int letter) {
    return (letter >= 0x2E80 && letter <= 0x312F)
        || (letter >= 0x31A0 && letter <= 0xA4CF)
        || (letter >= 0xF900 && letter <= 0xFAFF)
        || (letter >= 0xFF00 && letter <= 0xFF9F)
        || (letter >= 0x20000 && letter <= 0x3FFFD);
  }

  private static boolean isWide(int letter) {
    return (isScriptWithoutSpaces(letter) && !(letter >= 0xFF61 && letter <= 0xFF9F))
        || (letter >= 0x1100 && letter <= 0x115F)
        || (letter >= 0xAC00 && letter <= 0xD7A3)
        || (letter >= 0xFE30 && letter <= 0xFE6F)
        || (letter >= 0xFFE0 && letter <= 0xFFE6)
        || (letter >= 0x1F300 && letter <= 0x1FAFF);
  }
}
