package dev.parley.hub.speech.text;

import com.ibm.icu.lang.UCharacter;

/** Finds where clauses end. */
final class Clauses {
  private static final int WORD_MAX = 12;

  private final CharSequence text;
  private final int end;
  private final Language language;

  Clauses(CharSequence text, int end, Language language) {
    this.text = text;
    this.end = end;
    this.language = language;
  }

  /** Index after a clause that ends with the character at an index; -1 where none does. */
  int endAt(int index) {
    int letter = Character.codePointAt(text, index);
    int after = index + Character.charCount(letter);
    if (Letters.isWideClauseMark(letter)) {
      boolean goesOn =
          after < end
              && (Letters.isCloser(Character.codePointAt(text, after))
                  || Letters.isJoined(text, after, end));
      return goesOn ? -1 : after;
    }
    if (after >= end) {
      return -1;
    }
    boolean spaceBefore = index > 0 && Letters.isSpace(text.charAt(index - 1));
    boolean spaceAfter = Letters.isSpace(text.charAt(after));
    if (Letters.isSpace(letter)) {
      return text.charAt(after) == '(' ? index : -1;
    }
    if (letter == 0x2014 && !spaceBefore && !spaceAfter) {
      return Letters.isLetter(text.charAt(after)) ? after : -1;
    }
    boolean ends =
        Letters.isDash(letter) ? spaceBefore : letter == ')' || Letters.isClauseMark(letter);
    return ends && spaceAfter ? after : -1;
  }

  /** Whether the word after a space, which is complete, begins another clause. */
  boolean isConjunctionAfter(int space) {
    int from = space;
    while (from < end && Letters.isSpace(text.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < end && to - from < WORD_MAX && Character.isLetter(text.charAt(to))) {
      to++;
    }
    return to < end
        && to > from
        && Letters.isSpace(text.charAt(to))
        && language
            .conjunctions()
            .contains(
                UCharacter.toLowerCase(language.locale(), text.subSequence(from, to).toString()));
  }
}
