package dev.parley.hub.speech.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the text of one segment into pieces to be spoken, while it is being written: at sentences,
 * the first piece at a clause, and nothing longer than a backend takes. For one thread.
 *
 * <p>Sentences end at the same places however the text was divided among {@link #add}. What depends
 * on that: sentences of one or two words are spoken together with the next one only where that was
 * there already; the first sentence may be cut at a clause of which, when the whole is known, too
 * little follows; and after a {@link #hurry} the text behind it is a text of its own.
 *
 * <p>Work per call is bounded by what is added and by one piece: what is pending is never longer
 * than a piece and a few words.
 */
public final class TextCutter {
  private static final int PIECE_MAX = 400;

  private final Language language;
  private final LongCut longCut;
  private final boolean firstAtClause;
  private final boolean joinsShort;
  private final int most;
  private final StringBuilder text = new StringBuilder();
  private int at; // Before it, all of the text is cut.
  private int position; // Code points of the segment before that.
  private boolean begun;
  private boolean fresh = true; // What comes next begins a sentence.

  /** Whether what is next stands right behind a mark that ends sentences without a space. */
  private boolean afterWide;

  private boolean undecided;
  private boolean hurried;

  /**
   * An empty segment.
   *
   * @param language BCP 47 tag of the text; empty: not known
   * @param charactersMax longest piece in UTF-16 units, 2 or more; pieces are never longer than 400
   * @param firstAtClause whether the first piece may end at a clause, so that it is spoken sooner
   */
  public TextCutter(String language, int charactersMax, boolean firstAtClause) {
    this(language, charactersMax, firstAtClause, true);
  }

  /** As above; {@code joinsShort} false leaves sentences of one or two words alone. */
  TextCutter(String language, int charactersMax, boolean firstAtClause, boolean joinsShort) {
    if (charactersMax < 2) {
      throw new IllegalArgumentException(
          "charactersMax: " + charactersMax + " (expected: 2 or more)");
    }
    this.language = Language.of(language);
    this.longCut = new LongCut(this.language);
    this.most = Math.min(charactersMax, PIECE_MAX);
    this.firstAtClause = firstAtClause;
    this.joinsShort = joinsShort;
  }

  /** The pieces of a text that is known as a whole. */
  public static List<Cut> of(
      String text, String language, int charactersMax, boolean firstAtClause) {
    var cutter = new TextCutter(language, charactersMax, firstAtClause);
    cutter.text.append(text);
    return cutter.finish();
  }

  /**
   * Loads the tables of ICU, some hundred milliseconds once per process. Not on an event loop: who
   * has one calls this before, on another thread.
   */
  public static void warmUp() {
    var cutter = new LongCut(Language.of(""));
    var _ = cutter.at("a".repeat(8) + "\u0E01\u0E02", 0, 10, 4);
    var _ = of("Dr. No came. \u3053\u3093\u3002 \u0E01\u0E02, he said!", "en", 80, true);
  }

  /** More of the text; answers the pieces that are complete whatever follows. */
  public List<Cut> add(String more) {
    if (more.isEmpty()) {
      return List.of();
    }
    text.append(more);
    hurried = false;
    undecided |= decides(more);
    boolean early = firstAtClause && !begun;
    return undecided || early || text.length() - at >= most + PieceScan.AHEAD
        ? cut(text.length(), null)
        : List.of();
  }

  /** Nothing follows: answers all the rest. */
  public List<Cut> finish() {
    return cut(text.length(), Pause.SENTENCE);
  }

  /**
   * Nobody wrote for a while: answers all that can be spoken now. That is all complete words; what
   * may be half a word, which is what no space, no mark and no word boundary of its script follows,
   * stays, unless it stood there unchanged when this was called before.
   */
  public List<Cut> hurry() {
    int stop = hurried ? text.length() : completeTo();
    hurried = true;
    if (stop <= at || !Letters.isSpeakable(text, at, stop)) {
      return List.of();
    }
    return cut(stop, pauseBefore(stop));
  }

  /** How many UTF-16 units wait for what follows. */
  public int pendingCharacters() {
    return text.length() - at;
  }

  private List<Cut> cut(int stop, @Nullable Pause last) {
    var cuts = new ArrayList<Cut>();
    @Nullable Span shortOne = null;
    for (Edge edge = next(stop, last); edge != null; edge = next(stop, last)) {
      int end = trimmed(edge.at());
      if (Letters.isSpeakable(text, at, end)) {
        Span span = new Span(at, position, end, edge.pause());
        if (shortOne != null && end - shortOne.from() > most) {
          cuts.add(shortOne.cut(text));
        } else if (shortOne != null) {
          span = new Span(shortOne.from(), shortOne.position(), end, edge.pause());
        }
        shortOne =
            joinsShort && span.pause() == Pause.SENTENCE && Weight.isShort(text, span.from(), end)
                ? span
                : null;
        if (shortOne == null) {
          cuts.add(span.cut(text));
          begun = true;
        }
      }
      afterWide =
          edge.at() > at && Letters.isWideTerminator(Character.codePointBefore(text, edge.at()));
      advance(edge.at());
      fresh = edge.pause() == Pause.SENTENCE || edge.pause() == Pause.PARAGRAPH;
    }
    if (shortOne != null) {
      cuts.add(shortOne.cut(text));
      begun = true;
    }
    text.delete(0, at);
    at = 0;
    undecided = undecided && !text.isEmpty();
    return List.copyOf(cuts);
  }

  /** Where the next piece ends, which then begins at {@link #at}; null when that is not known. */
  private @Nullable Edge next(int stop, @Nullable Pause last) {
    skip(stop);
    if (at >= stop) {
      return null;
    }
    int end = Math.min(stop, at + most + PieceScan.AHEAD);
    boolean all = end == stop && last != null;
    if (!all && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    var wish = new PieceScan.Wish(fresh, firstAtClause && !begun, most, all ? last : null);
    return new PieceScan(text, at, end, language, longCut, wish).find();
  }

  /** Leaves out white space, and what closes a sentence that was cut before it was written. */
  private void skip(int stop) {
    int to = at;
    while (to < stop) {
      int letter = Character.codePointAt(text, to);
      boolean stray =
          Letters.isWideTerminator(letter)
              || Letters.isClosedBracket(letter)
              || (afterWide && Letters.isCloserBehindWide(letter));
      if (!stray && !Letters.isSpace(letter)) {
        break;
      }
      afterWide &= stray;
      to += Character.charCount(letter);
    }
    advance(to);
  }

  private void advance(int to) {
    position += Character.codePointCount(text, at, to);
    at = to;
  }

  private int trimmed(int end) {
    int to = end;
    while (to > at && Letters.isSpace(text.charAt(to - 1))) {
      to--;
    }
    return to;
  }

  /** Whether a text holds anything that can end a piece. */
  private static boolean decides(String more) {
    return more.codePoints()
        .anyMatch(letter ->
            Letters.isTerminator(letter)
                || letter == ';'
                || letter == '\n'
                || letter == '\r'
                || (letter > 0x7F && letter < 0x3000 && Letters.isSpace(letter))
                || Letters.isSpaceless(letter));
  }

  /** Index after the last word that is surely complete. */
  private int completeTo() {
    int length = text.length();
    if (length == at) {
      return at;
    }
    int letter = Character.codePointBefore(text, length);
    if (Letters.isSpaceless(letter)) {
      int from = Math.max(at, length - most);
      return from + Math.max(0, longCut.beforeLastWord(text.substring(from, length)));
    }
    if (Letters.isSpace(letter) || Letters.isIdeograph(letter) || isMarked(length)) {
      return length;
    }
    int to = length;
    while (to > at && !Letters.isSpace(text.charAt(to - 1))) {
      to--;
    }
    return to;
  }

  /** Whether a mark ends the text that does not stand inside of words. */
  private boolean isMarked(int length) {
    int letter = Character.codePointBefore(text, length);
    if (letter != '.') {
      return Letters.isTerminator(letter) || (Letters.isClauseMark(letter) && letter != ':');
    }
    int from = length - 1;
    while (from > at && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    boolean whole = from == at || Letters.isSpace(text.charAt(from - 1));
    return whole && length - 1 - from > 2;
  }

  private Pause pauseBefore(int stop) {
    int end = trimmed(stop);
    int letter = end == at ? ' ' : Character.codePointBefore(text, end);
    if (Letters.isTerminator(letter)) {
      return Pause.SENTENCE;
    }
    return Letters.isClauseMark(letter) ? Pause.CLAUSE : Pause.NONE;
  }

  /** A piece by its indices in the text that is there. */
  private record Span(int from, int position, int end, Pause pause) {

    Cut cut(StringBuilder text) {
      String piece = text.substring(from, end);
      int length = piece.codePointCount(0, piece.length());
      return new Cut(singleLine(piece), position, position + length, pause);
    }

    private static String singleLine(String piece) {
      for (int i = 0; i < piece.length(); i++) {
        if (piece.charAt(i) < ' ') {
          return piece.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
        }
      }
      return piece;
    }
  }
}
