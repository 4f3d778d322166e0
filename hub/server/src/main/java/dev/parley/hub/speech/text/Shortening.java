package dev.parley.hub.speech.text;

import com.ibm.icu.lang.UCharacter;
import java.util.Set;

/** Tells dots that shorten a word or make an ordinal from dots that end a sentence. */
final class Shortening {
  private static final int TOKEN_MAX = 24;
  private static final int ORDINAL_DIGITS_MAX = 3;

  private final CharSequence text;
  private final int end;
  private final boolean last;
  private final Language language;

  /**
   * Reads a text.
   *
   * @param end how much of it is there
   * @param last whether nothing follows that
   */
  Shortening(CharSequence text, int end, boolean last, Language language) {
    this.text = text;
    this.end = end;
    this.last = last;
    this.language = language;
  }

  /**
   * Whether the sentence goes on behind a dot that is followed by a space.
   *
   * @param start where the piece begins
   * @param fresh whether it begins a sentence
   * @param dot index of the dot
   * @param next index of what follows the space, not a lower-case letter
   */
  Certainty goesOn(int start, boolean fresh, int dot, int next) {
    int from = tokenStart(start, dot);
    String token =
        UCharacter.toLowerCase(language.locale(), text.subSequence(from, dot).toString());
    if (token.isEmpty()) {
      return Certainty.NO;
    }
    if (isNumber(token)) {
      return afterNumber(fresh && from == start, token, next);
    }
    if (isRoman(from, dot) && language.ordinalDots()) {
      return unlessNext(next, language.starters());
    }
    if (language.times().contains(token)) {
      return ifNext(next, Language.ZONES);
    }
    if (language.titles().contains(token)) {
      return Certainty.YES;
    }
    if (language.counters().contains(token)) {
      return Certainty.of(Character.isDigit(text.charAt(next)));
    }
    if (language.names().contains(token)) {
      return unlessNext(next, language.starters());
    }
    return afterLetters(from, dot, token, next);
  }

  private Certainty afterNumber(boolean opensPiece, String token, int next) {
    if (token.length() > ORDINAL_DIGITS_MAX) {
      return Certainty.NO;
    }
    if (opensPiece) {
      return Certainty.YES; // The number of an item or a heading.
    }
    if (!language.ordinalDots()) {
      return Certainty.NO;
    }
    return Character.isDigit(text.charAt(next))
        ? Certainty.YES
        : unlessNext(next, language.starters());
  }

  /** Initials and abbreviations with dots inside. */
  private Certainty afterLetters(int from, int dot, String token, int next) {
    if (text.subSequence(from, dot).codePoints().count() == 1) {
      boolean cased =
          UCharacter.isUUppercase(Character.codePointAt(text, from))
              || UCharacter.isULowercase(Character.codePointAt(text, from));
      boolean pronoun = language.isEnglish() && token.equals("i");
      return Certainty.of(cased && !pronoun);
    }
    return isDotted(token) ? unlessNext(next, language.starters()) : Certainty.NO;
  }

  /** Such as U.S or J.R.R: several parts of one or two letters. */
  private static boolean isDotted(String token) {
    if (token.indexOf('.') < 0) {
      return false;
    }
    int length = 0;
    for (int i = 0; i < token.length(); i++) {
      char letter = token.charAt(i);
      length = letter == '.' ? 0 : length + 1;
      if (length > 2 || (letter != '.' && !Character.isLetter(letter))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String token) {
    return token.chars().allMatch(Character::isDigit);
  }

  private boolean isRoman(int from, int dot) {
    for (int i = from; i < dot; i++) {
      if ("IVXLCDM".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return dot - from > 1;
  }

  private int tokenStart(int start, int dot) {
    int from = dot;
    while (from > start && dot - from < TOKEN_MAX && isInside(text.charAt(from - 1))) {
      from--;
    }
    return from;
  }

  private static boolean isInside(char letter) {
    return !Letters.isSpace(letter)
        && (letter == '.' || !Letters.isOpener(letter))
        && !Letters.isDash(letter)
        && !Letters.isWideClauseMark(letter);
  }

  private Certainty unlessNext(int next, Set<String> words) {
    return switch (ifNext(next, words)) {
      case YES -> Certainty.NO;
      case NO -> Certainty.YES;
      case OPEN -> Certainty.OPEN;
    };
  }

  private Certainty ifNext(int next, Set<String> words) {
    int from = next;
    while (from < end && Letters.isOpener(text.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < end && to - from < TOKEN_MAX && Character.isLetter(text.charAt(to))) {
      to++;
    }
    if (to == end && !last) {
      return Certainty.OPEN;
    }
    String word = UCharacter.toLowerCase(language.locale(), text.subSequence(from, to).toString());
    return Certainty.of(words.contains(word));
  }
}
