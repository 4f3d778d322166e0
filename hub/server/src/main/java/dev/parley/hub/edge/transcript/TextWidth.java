package dev.parley.hub.edge.transcript;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UCharacter.GraphemeClusterBreak;
import com.ibm.icu.lang.UCharacter.LineBreak;
import com.ibm.icu.lang.UProperty;

/**
 * How broad letters are on a screen, and between which of them a line may break; classes are those
 * of Unicode, as ICU has them.
 */
final class TextWidth {

  private static final int JOINER = 0x200D;

  private TextWidth() {}

  /** Columns of a text. */
  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** Columns of a code point: 0 for what sits on its neighbour, 2 for what is as broad as high. */
  static int of(int letter) {
    if (letter < 0x300) {
      return 1;
    }
    if (isAttached(letter)) {
      return 0;
    }
    return switch (UCharacter.getIntPropertyValue(letter, UProperty.EAST_ASIAN_WIDTH)) {
      case EastAsianWidth.WIDE, EastAsianWidth.FULLWIDTH -> 2;
      default -> 1;
    };
  }

  /** Whether a line may end between two neighbouring letters of which none is white space. */
  static boolean breaksBetween(int before, int after) {
    return (standsAlone(before) || standsAlone(after))
        && mayBeFirst(after)
        && mayBeLast(before)
        && isApart(before, after);
  }

  /** Whether two neighbouring code points are letters of their own. */
  static boolean isApart(int before, int after) {
    return after < 0x300 || (!isAttached(after) && before != JOINER);
  }

  private static boolean isAttached(int letter) {
    return switch (UCharacter.getIntPropertyValue(letter, UProperty.GRAPHEME_CLUSTER_BREAK)) {
      case GraphemeClusterBreak.EXTEND,
          GraphemeClusterBreak.SPACING_MARK,
          GraphemeClusterBreak.ZWJ,
          GraphemeClusterBreak.CONTROL ->
          true;
      default -> false;
    };
  }

  private static int lineBreak(int letter) {
    return UCharacter.getIntPropertyValue(letter, UProperty.LINE_BREAK);
  }

  /** Letters of scripts without spaces, and pictures. */
  private static boolean standsAlone(int letter) {
    return letter >= 0x300
        && switch (lineBreak(letter)) {
          case LineBreak.IDEOGRAPHIC, LineBreak.E_BASE, LineBreak.CLOSE_PUNCTUATION -> true;
          case LineBreak.NONSTARTER, LineBreak.CONDITIONAL_JAPANESE_STARTER -> true;
          default -> false;
        };
  }

  private static boolean mayBeFirst(int letter) {
    return switch (lineBreak(letter)) {
      case LineBreak.CLOSE_PUNCTUATION,
          LineBreak.CLOSE_PARENTHESIS,
          LineBreak.EXCLAMATION,
          LineBreak.INFIX_NUMERIC,
          LineBreak.INSEPARABLE,
          LineBreak.BREAK_SYMBOLS,
          LineBreak.NONSTARTER,
          LineBreak.CONDITIONAL_JAPANESE_STARTER,
          LineBreak.POSTFIX_NUMERIC,
          LineBreak.QUOTATION,
          LineBreak.GLUE ->
          false;
      default -> true;
    };
  }

  private static boolean mayBeLast(int letter) {
    return switch (lineBreak(letter)) {
      case LineBreak.OPEN_PUNCTUATION,
          LineBreak.PREFIX_NUMERIC,
          LineBreak.QUOTATION,
          LineBreak.GLUE ->
          false;
      default -> true;
    };
  }
}
