package dev.parley.hub.recognition.seam;

import dev.parley.core.recognition.Word;
import dev.parley.hub.recognition.seam.Hypothesis.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Words and when each was said, in seconds of the whole sound, so that readings of two clips can be
 * compared. Where a model tells no times they are estimated from how long words are written,
 * counted from the edge of the clip that both share. Pure.
 *
 * @param words in their order
 * @param told whether the model told the times
 */
public record Placed(List<At> words, boolean told) {

  /**
   * A word.
   *
   * @param key what counts when words are compared
   * @param start in seconds of the whole sound
   * @param end in seconds of the whole sound, not before {@code start}
   */
  public record At(String key, double start, double end) {
    double middle() {
      return (start + end) / 2;
    }

    /** Parts of one word have its times: letters of scripts that set no spaces. */
    boolean isSameWordAs(At other) {
      return start == other.start && end == other.end;
    }
  }

  /** Usual tempos of speech lie between these, in seconds a letter. */
  private static final double LETTER_SECONDS_LEAST = 0.035;

  private static final double LETTER_SECONDS_MOST = 0.11;

  /** Letters of scripts that set no spaces are syllables. */
  private static final int SYLLABLE_LETTERS = 3;

  public Placed {
    words = List.copyOf(words);
  }

  /**
   * The words of a clip whose end another clip shares.
   *
   * @param from where the clip begins in the sound, in seconds
   * @param to where it ends
   */
  public static Placed toTheEnd(List<Token> tokens, double from, double to) {
    if (isTold(tokens)) {
      return told(tokens, from);
    }
    double letter = letterSeconds(tokens, to - from);
    List<At> words = new ArrayList<>();
    double end = to;
    for (Token token : tokens.reversed()) {
      double start = Math.max(from, end - weight(token) * letter);
      words.add(new At(token.key(), start, end));
      end = start;
    }
    Collections.reverse(words);
    return new Placed(words, false);
  }

  /**
   * The words of a clip whose beginning another clip shares.
   *
   * @param from where the clip begins in the sound, in seconds
   * @param to where it ends
   */
  public static Placed fromTheStart(List<Token> tokens, double from, double to) {
    if (isTold(tokens)) {
      return told(tokens, from);
    }
    double letter = letterSeconds(tokens, to - from);
    List<At> words = new ArrayList<>();
    double start = from;
    for (Token token : tokens) {
      double end = Math.min(to, start + weight(token) * letter);
      words.add(new At(token.key(), start, end));
      start = end;
    }
    return new Placed(words, false);
  }

  private static boolean isTold(List<Token> tokens) {
    boolean spaced =
        tokens.stream()
            .allMatch(token ->
                !token.timed().isEmpty() || Hypothesis.isUnspaced(token.core().codePointAt(0)));
    return tokens.isEmpty() || (spaced && !tokens.getFirst().timed().isEmpty());
  }

  private static Placed told(List<Token> tokens, double from) {
    List<At> words = new ArrayList<>();
    double start = from;
    double end = from;
    for (Token token : tokens) {
      List<Word> timed = token.timed();
      if (!timed.isEmpty()) {
        start = from + timed.getFirst().start();
        end = Math.max(start, from + timed.getLast().end());
      }
      words.add(new At(token.key(), start, end));
    }
    return new Placed(words, true);
  }

  private static double letterSeconds(List<Token> tokens, double seconds) {
    int all = tokens.stream().mapToInt(Placed::weight).sum();
    return all == 0
        ? LETTER_SECONDS_MOST
        : Math.clamp(seconds / all, LETTER_SECONDS_LEAST, LETTER_SECONDS_MOST);
  }

  /** How long a word is written, with what parts it from the next one. */
  private static int weight(Token token) {
    int letters = token.key().codePointCount(0, token.key().length());
    return Hypothesis.isUnspaced(token.core().codePointAt(0))
        ? SYLLABLE_LETTERS * letters
        : letters + 1;
  }

  /** How many of its first words end before a place; never a part of a word. */
  public int endingBefore(double place) {
    int count = 0;
    while (count < words.size() && words.get(count).end() <= place) {
      count++;
    }
    return wholeWords(count);
  }

  /** So many first words, and what of the last one is missing. */
  int wholeWords(int count) {
    int whole = count;
    while (told
        && whole > 0
        && whole < words.size()
        && words.get(whole).isSameWordAs(words.get(whole - 1))) {
      whole++;
    }
    return whole;
  }

  /** Its words from one up to another. */
  public Placed part(int from, int to) {
    return new Placed(words.subList(from, to), told);
  }
}
