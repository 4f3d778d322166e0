package dev.parley.hub.speech.text;

import com.ibm.icu.text.BreakIterator;
import org.jspecify.annotations.Nullable;

/** Cuts what is too long for one piece. For one thread. */
final class LongCut {
  private final Language language;
  private @Nullable BreakIterator words;
  private @Nullable BreakIterator clusters;

  LongCut(Language language) {
    this.language = language;
  }

  /**
   * The best edge of a text within a bound: after a clause, else after a word, else, where a word
   * alone is longer, after a whole character as readers see it.
   *
   * @param start where the piece begins
   * @param end how much of the text to look at, beyond the bound
   * @param most longest piece
   */
  Edge at(CharSequence text, int start, int end, int most) {
    int bound = start + most;
    var clauses = new Clauses(text, end, language);
    int clause = -1;
    int space = -1;
    for (int i = start + 1; i <= bound && i < end; i++) {
      if (Letters.isSpace(text.charAt(i))) {
        space = i;
      }
      int ended = i < bound ? clauses.endAt(i) : -1;
      if (ended > 0 && ended <= bound) {
        clause = ended;
      }
    }
    if (clause - start > most / 3) {
      return new Edge(clause, Pause.CLAUSE);
    }
    return new Edge(space > start ? space : within(text, start, end, most), Pause.NONE);
  }

  private int within(CharSequence text, int start, int end, int most) {
    String part = text.subSequence(start, end).toString();
    int word = lastWord(part, most);
    if (word > 0) {
      return start + word;
    }
    clusters = clusters == null ? BreakIterator.getCharacterInstance(language.locale()) : clusters;
    clusters.setText(part);
    int cluster = clusters.preceding(most + 1);
    if (cluster > 0) {
      return start + cluster;
    }
    // One character of hundreds of marks: at least its halves stay together.
    return start + (most > 1 && Character.isHighSurrogate(part.charAt(most - 1)) ? most - 1 : most);
  }

  /** The last edge of a word at or before an index; 0 when there is none. */
  int lastWord(String part, int most) {
    words = words == null ? BreakIterator.getWordInstance(language.locale()) : words;
    words.setText(part);
    return most >= part.length() ? words.last() : words.preceding(most + 1);
  }

  /** The last edge of a word before the end of a text; 0 when there is none. */
  int beforeLastWord(String part) {
    words = words == null ? BreakIterator.getWordInstance(language.locale()) : words;
    words.setText(part);
    return words.preceding(part.length());
  }
}
