package dev.parley.hub.speech.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.LineBreak;
import com.ibm.icu.lang.UCharacter.SentenceBreak;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;

/** What single characters mean for cutting; classes are those of Unicode, as ICU has them. */
final class Letters {
  private static final int ELLIPSIS = 0x2026;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_STYLE = 0xFE0F;

  private Letters() {}

  static boolean isSpace(int letter) {
    if (letter < 0x80) {
      return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }
    return UCharacter.isUWhiteSpace(letter);
  }

  /** Ends a sentence in some script, when what follows agrees. */
  static boolean isTerminator(int letter) {
    if (letter < 0x80) {
      return letter == '.' || letter == '!' || letter == '?';
    }
    if (letter == ELLIPSIS) {
      return true;
    }
    int kind = UCharacter.getIntPropertyValue(letter, UProperty.SENTENCE_BREAK);
    return kind == SentenceBreak.STERM || kind == SentenceBreak.ATERM;
  }

  /** Ends a sentence without any space after it. */
  static boolean isWideTerminator(int letter) {
    return switch (letter) {
      case 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0xFF0E -> true;
      default -> false;
    };
  }

  static boolean isEllipsis(int letter) {
    return letter == ELLIPSIS;
  }

  /** Ends a clause when a space follows. */
  static boolean isClauseMark(int letter) {
    return switch (letter) {
      case ',', ';', ':', 0x060C, 0x061B, 0x2014 -> true;
      default -> isWideClauseMark(letter);
    };
  }

  /** Ends a clause without any space after it. */
  static boolean isWideClauseMark(int letter) {
    return switch (letter) {
      case 0x3001, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF64 -> true;
      default -> false;
    };
  }

  static boolean isDash(int letter) {
    return letter == '-' || letter == 0x2013 || letter == 0x2014;
  }

  /** A closing quote or bracket, or a mark of emphasis, that belongs to what stands before it. */
  static boolean isCloser(int letter) {
    return switch (letter) {
      case '"', '\'', '*', '_', '~' -> true;
      default -> {
        int type = Character.getType(letter);
        yield type == Character.END_PUNCTUATION
            || type == Character.FINAL_QUOTE_PUNCTUATION
            || type == Character.INITIAL_QUOTE_PUNCTUATION;
      }
    };
  }

  /** What can stand before the first word of a sentence. */
  static boolean isOpener(int letter) {
    return switch (letter) {
      case '"', '\'', '*', '_', '~', 0xBF, 0xA1 -> true;
      default -> {
        int type = Character.getType(letter);
        yield type == Character.START_PUNCTUATION
            || type == Character.FINAL_QUOTE_PUNCTUATION
            || type == Character.INITIAL_QUOTE_PUNCTUATION;
      }
    };
  }

  static boolean isOpenBracket(int letter) {
    return Character.getType(letter) == Character.START_PUNCTUATION;
  }

  /** A closer behind a mark that ends a sentence without a space: there, “ opens the next one. */
  static boolean isCloserBehindWide(int letter) {
    return isCloser(letter) && Character.getType(letter) != Character.INITIAL_QUOTE_PUNCTUATION;
  }

  static boolean isClosedBracket(int letter) {
    return Character.getType(letter) == Character.END_PUNCTUATION;
  }

  /** Of a script that writes each word, or nearly, as one or two letters without spaces. */
  static boolean isIdeograph(int letter) {
    if (letter < 0x1100) {
      return false;
    }
    return switch (UScript.getScript(letter)) {
      case UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA, UScript.BOPOMOFO -> true;
      default -> letter == 0x30FC;
    };
  }

  /** Of a script without spaces between its words: Thai, Lao, Khmer, Burmese. */
  static boolean isSpaceless(int letter) {
    return letter >= 0x0E00
        && UCharacter.getIntPropertyValue(letter, UProperty.LINE_BREAK)
            == LineBreak.COMPLEX_CONTEXT;
  }

  static boolean isEmoji(int letter) {
    return letter > 0xFF
        && (UCharacter.hasBinaryProperty(letter, UProperty.EXTENDED_PICTOGRAPHIC)
            || UCharacter.hasBinaryProperty(letter, UProperty.REGIONAL_INDICATOR));
  }

  /** Only goes on with an emoji. */
  static boolean isEmojiPart(int letter) {
    return switch (letter) {
      case ZERO_WIDTH_JOINER, EMOJI_STYLE -> true;
      default -> letter > 0xFFFF && UCharacter.hasBinaryProperty(letter, UProperty.EMOJI_MODIFIER);
    };
  }

  /** Whether what stands at an index belongs to the character before it. */
  static boolean isJoined(CharSequence text, int index, int end) {
    if (index >= end) {
      return false;
    }
    int letter = Character.codePointAt(text, index);
    return isEmojiPart(letter)
        || switch (Character.getType(letter)) {
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.FORMAT ->
              true;
          default -> false;
        };
  }

  static boolean isLetter(int letter) {
    return UCharacter.isLetter(letter);
  }

  /** Whether a speaker would say something for it. */
  static boolean isSpeakable(int letter) {
    return switch (letter) {
      case '%', '&', '@', 0xA7, 0xB0 -> true;
      default ->
          UCharacter.isLetterOrDigit(letter)
              || Character.getType(letter) == Character.CURRENCY_SYMBOL
              || Character.getType(letter) == Character.LETTER_NUMBER
              || Character.getType(letter) == Character.OTHER_NUMBER
              || isEmoji(letter);
    };
  }

  static boolean isSpeakable(CharSequence text, int from, int to) {
    for (int i = from; i < to; ) {
      int letter = Character.codePointAt(text, i);
      if (isSpeakable(letter)) {
        return true;
      }
      i += Character.charCount(letter);
    }
    return false;
  }
}
