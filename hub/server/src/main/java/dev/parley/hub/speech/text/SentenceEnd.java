package dev.parley.hub.speech.text;

import com.ibm.icu.lang.UCharacter;

/**
 * Decides whether a sentence ends where something stands that can end one. The rules are those of
 * Unicode (UAX 29), narrowed so that each answer stays right whatever is written later.
 *
 * @param ends whether it does
 * @param at index after the sentence with its closing quotes, or from where to look on
 * @param pause what follows
 */
record SentenceEnd(Certainty ends, int at, Pause pause) {

  /** A text of which {@code end} characters are there. */
  record Reader(
      CharSequence text, int start, int end, boolean fresh, boolean last, Language language) {

    /** Looks at the terminator at an index. */
    SentenceEnd at(int index) {
      int to = index;
      boolean wide = false;
      boolean dots = true;
      while (to < end && isTerminator(to)) {
        int letter = Character.codePointAt(text, to);
        if (wide && !Letters.isWideTerminator(letter)) {
          break; // It may be cut before this is written, so it never waits for it.
        }
        wide |= Letters.isWideTerminator(letter);
        dots &= letter == '.' || Letters.isEllipsis(letter);
        to += Character.charCount(letter);
      }
      int closed = closers(to, wide);
      boolean ellipsis = dots && (to - index > 1 || text.charAt(index) != '.');
      var mark = new Mark(index, closed > to, wide, dots, ellipsis);
      if (closed == end) {
        return last || (wide && !isBracketOpen(index)) ? yes(closed, Pause.SENTENCE) : open(closed);
      }
      int next = Character.codePointAt(text, closed);
      if (Letters.isSpace(next)) {
        return beforeSpace(mark, closed);
      }
      return Letters.isEmoji(next) && !wide ? afterEmoji(closed) : beforeLetter(mark, closed, next);
    }

    private boolean isTerminator(int index) {
      int letter = Character.codePointAt(text, index);
      return Letters.isTerminator(letter) || (letter == ';' && language.isGreek());
    }

    private int closers(int from, boolean wide) {
      int to = from;
      while (to < end) {
        int letter = Character.codePointAt(text, to);
        if (!(wide ? Letters.isCloserBehindWide(letter) : Letters.isCloser(letter))) {
          break;
        }
        to += Character.charCount(letter);
      }
      boolean guillemet =
          language.isFrench()
              && to + 1 < end
              && Letters.isSpace(text.charAt(to))
              && text.charAt(to + 1) == '\u00BB';
      return guillemet ? to + 2 : to;
    }

    private boolean isBracketOpen(int index) {
      int depth = 0;
      for (int i = start; i < index; i++) {
        char letter = text.charAt(i);
        if (letter > 0xFF) {
          depth += Letters.isOpenBracket(letter) ? 1 : Letters.isClosedBracket(letter) ? -1 : 0;
        }
      }
      return depth > 0;
    }

    private SentenceEnd beforeLetter(Mark mark, int to, int next) {
      boolean eastern = Letters.isIdeograph(next) && followsIdeograph(mark.index());
      boolean foreign =
          text.charAt(mark.index()) > 0x7F && !mark.ellipsis() && Letters.isLetter(next);
      return mark.wide() || eastern || foreign ? yes(to, Pause.SENTENCE) : no(to);
    }

    private boolean followsIdeograph(int index) {
      return index > start && Letters.isIdeograph(Character.codePointBefore(text, index));
    }

    private SentenceEnd beforeSpace(Mark mark, int to) {
      Gap gap = Gap.at(text, to, end);
      if (gap.lines() > 1) {
        return yes(to, Pause.PARAGRAPH);
      }
      if (mark.wide() || (gap.to() == end && last)) {
        return yes(to, Pause.SENTENCE);
      }
      if (gap.to() == end) {
        return open(to);
      }
      if (gap.lines() == 1) {
        Certainty line = Lines.standsAlone(text, gap.to(), end, last);
        if (line != Certainty.NO) {
          return new SentenceEnd(line, to, Pause.SENTENCE);
        }
      } else if (Letters.isEmoji(Character.codePointAt(text, gap.to()))) {
        return afterEmoji(gap.to());
      }
      return new SentenceEnd(begins(mark, gap.to()), to, Pause.SENTENCE);
    }

    /** Emoji behind a sentence belong to it. */
    private SentenceEnd afterEmoji(int from) {
      int to = from;
      while (to < end) {
        int letter = Character.codePointAt(text, to);
        if (!Letters.isEmoji(letter) && !Letters.isEmojiPart(letter)) {
          Gap gap = Gap.at(text, to, end);
          return yes(to, gap.lines() > 1 ? Pause.PARAGRAPH : Pause.SENTENCE);
        }
        to += Character.charCount(letter);
      }
      return last ? yes(to, Pause.SENTENCE) : open(to);
    }

    /** Whether a sentence can begin at an index. */
    private Certainty begins(Mark mark, int index) {
      int word = index;
      while (word < end && Letters.isOpener(Character.codePointAt(text, word))) {
        word += Character.charCount(Character.codePointAt(text, word));
      }
      if (word == end) {
        return last ? Certainty.YES : Certainty.OPEN;
      }
      if (UCharacter.isULowercase(Character.codePointAt(text, word))) {
        return Certainty.of(!mark.dots() && !mark.closed());
      }
      if (mark.ellipsis()) {
        return afterEllipsis(word);
      }
      if (!mark.dots() || mark.closed()) {
        return Certainty.YES;
      }
      return switch (new Shortening(text, end, last, language)
          .goesOn(start, fresh, mark.index(), word)) {
        case YES -> Certainty.NO;
        case NO -> Certainty.YES;
        case OPEN -> Certainty.OPEN;
      };
    }

    /** "Well... I think": the only word that is written with a capital letter anywhere. */
    private Certainty afterEllipsis(int word) {
      if (!language.isEnglish() || text.charAt(word) != 'I') {
        return Certainty.YES;
      }
      if (word + 1 == end) {
        return last ? Certainty.YES : Certainty.OPEN;
      }
      return Certainty.of(Character.isLetter(text.charAt(word + 1)));
    }

    private static SentenceEnd yes(int at, Pause pause) {
      return new SentenceEnd(Certainty.YES, at, pause);
    }

    private static SentenceEnd no(int at) {
      return new SentenceEnd(Certainty.NO, at, Pause.NONE);
    }

    private static SentenceEnd open(int at) {
      return new SentenceEnd(Certainty.OPEN, at, Pause.NONE);
    }
  }

  /** What ended the sentence, perhaps. */
  private record Mark(int index, boolean closed, boolean wide, boolean dots, boolean ellipsis) {}
}
