package dev.parley.hub.speech.text;

import org.jspecify.annotations.Nullable;

/** Looks for the end of one piece. For one look. */
final class PieceScan {
  /** How far beyond the longest piece the text is looked at before a long one is cut. */
  static final int AHEAD = 64;

  private static final int CLAUSE_LONG = 60;
  private static final int SPACELESS_LONG = 60;

  /**
   * How to look.
   *
   * @param fresh whether the piece begins a sentence
   * @param atClause whether the end of a clause will do
   * @param most longest piece
   * @param last what follows the text; null when more may be written
   */
  record Wish(boolean fresh, boolean atClause, int most, @Nullable Pause last) {}

  private final CharSequence text;
  private final int start;
  private final int end;
  private final Language language;
  private final LongCut longCut;
  private final Wish wish;
  private final Clauses clauses;
  private final SentenceEnd.Reader sentences;
  private int clause = -1;
  private boolean longClause;

  PieceScan(CharSequence text, int start, int end, Language language, LongCut longCut, Wish wish) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.language = language;
    this.longCut = longCut;
    this.wish = wish;
    clauses = new Clauses(text, end, language);
    sentences =
        new SentenceEnd.Reader(text, start, end, wish.fresh(), wish.last() != null, language);
  }

  /** Where the piece ends; null when that depends on what follows. */
  @Nullable Edge find() {
    int i = start;
    while (i < end) {
      if (wish.atClause() && clause < 0 && !isHeading()) {
        lookForClause(i);
      }
      int letter = Character.codePointAt(text, i);
      if (Letters.isSpace(letter)) {
        Gap gap = Gap.at(text, i, end);
        Certainty ends = endsAt(i, gap);
        if (ends == Certainty.YES) {
          return ended(i, pauseAt(gap));
        }
        if (ends == Certainty.OPEN) {
          return open();
        }
        i = gap.to();
      } else if (isTerminator(letter)) {
        SentenceEnd sentence = sentences.at(i);
        if (sentence.ends() == Certainty.OPEN) {
          return open();
        }
        if (sentence.ends() == Certainty.YES) {
          int at = sentence.at();
          int apart = Letters.isJoined(text, at, end) ? withoutClosers(at) : at;
          if (!Letters.isJoined(text, apart, end)) {
            return ended(apart, sentence.pause());
          }
        }
        i = sentence.at();
      } else {
        i += Character.charCount(letter);
      }
    }
    return wish.last() == null ? open() : ended(end, wish.last());
  }

  private static Pause pauseAt(Gap gap) {
    return switch (gap.lines()) {
      case 0 -> Pause.CLAUSE;
      case 1 -> Pause.SENTENCE;
      default -> Pause.PARAGRAPH;
    };
  }

  private boolean isTerminator(int letter) {
    return Letters.isTerminator(letter) || (letter == ';' && language.isGreek());
  }

  /** Whether the piece ends before white space although nothing ended a sentence there. */
  private Certainty endsAt(int index, Gap gap) {
    boolean last = wish.last() != null;
    if (gap.lines() > 1) {
      return Certainty.YES;
    }
    if (gap.to() == end) {
      return last ? Certainty.NO : Certainty.OPEN;
    }
    if (gap.lines() == 1) {
      return isHeading() ? Certainty.YES : Lines.standsAlone(text, gap.to(), end, last);
    }
    return Certainty.of(
        index - start >= SPACELESS_LONG
            && Letters.isSpaceless(Character.codePointBefore(text, index))
            && Letters.isSpaceless(Character.codePointAt(text, gap.to())));
  }

  private boolean isHeading() {
    return wish.fresh()
        && text.charAt(start) == '#'
        && Lines.standsAlone(text, start, end, true) == Certainty.YES;
  }

  private void lookForClause(int index) {
    int ended = clauses.endAt(index);
    if (ended < 0 && Letters.isSpace(text.charAt(index))) {
      ended = isClauseSpace(index) ? index : -1;
    }
    if (ended > start && isGoodClause(ended)) {
      clause = ended;
    } else if (!longClause && index - start > CLAUSE_LONG) {
      longClause = true;
      clause = conjunctionWithin(CLAUSE_LONG);
    }
  }

  /** A space that separates clauses by itself, or stands before a conjunction of a long one. */
  private boolean isClauseSpace(int index) {
    boolean spaceless =
        index > start
            && index + 1 < end
            && Letters.isSpaceless(Character.codePointBefore(text, index))
            && Letters.isSpaceless(Character.codePointAt(text, index + 1));
    return spaceless || (longClause && clauses.isConjunctionAfter(index));
  }

  private int conjunctionWithin(int most) {
    var known = new Clauses(text, Math.min(end, start + most), language);
    for (int i = start + most - 1; i > start; i--) {
      if (Letters.isSpace(text.charAt(i)) && known.isConjunctionAfter(i) && isGoodClause(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isGoodClause(int at) {
    return at - start <= wish.most()
        && !Letters.isJoined(text, at, end)
        && Weight.of(text, start, at).isEnough();
  }

  private Edge ended(int at, Pause pause) {
    if (clause > start && clause < at && Weight.of(text, clause, at).isEnough()) {
      return new Edge(clause, Pause.CLAUSE);
    }
    if (at - start <= wish.most()) {
      return new Edge(at, pause);
    }
    int bare = withoutClosers(at);
    return bare - start <= wish.most()
        ? new Edge(bare, pause)
        : longCut.at(text, start, end, wish.most());
  }

  /** Where a sentence that ends without a space would be cut if its closers were not there yet. */
  private int withoutClosers(int at) {
    int bare = at;
    while (bare > start
        && (Letters.isWideTerminator(text.charAt(bare - 1))
            || Letters.isCloserBehindWide(text.charAt(bare - 1))
            || isBeforeGuillemet(bare - 1, at))) {
      bare--;
    }
    return bare > start && bare < at && Letters.isWideTerminator(text.charAt(bare)) ? bare + 1 : at;
  }

  /** A space that belongs to the mark behind it, as in French. */
  private boolean isBeforeGuillemet(int index, int at) {
    return index + 1 < at
        && text.charAt(index + 1) == '\u00BB'
        && Letters.isSpace(text.charAt(index));
  }

  /** Nothing is known of the rest, so a clause need not wait for it. */
  private @Nullable Edge open() {
    if (clause > start) {
      return new Edge(clause, Pause.CLAUSE);
    }
    return end - start >= wish.most() + AHEAD - 1
        ? longCut.at(text, start, end, wish.most())
        : null;
  }
}
