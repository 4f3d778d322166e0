package dev.parley.hub.recognition.seam;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.LineBreak;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A text as the words it is made of, so that it can be compared with another reading of the same
 * sound. Of scripts that set no spaces between words every letter counts as one. Pure.
 *
 * @param tokens its words, in order
 * @param tail what follows the last one: punctuation
 */
public record Hypothesis(List<Token> tokens, String tail) {

  /** Nothing was said. */
  public static final Hypothesis EMPTY = new Hypothesis(List.of(), "");

  /**
   * A word.
   *
   * @param gap what stands before it: white space and punctuation
   * @param core from its first letter or digit to its last
   * @param key its letters and digits alone, case folded: what counts when words are compared
   * @param timed the words with times that begin in it, as the model tells them; empty: untold
   */
  public record Token(String gap, String core, String key, List<Word> timed) {

    /** Whether it is the same word, however it is written. */
    public boolean sameAs(Token other) {
      return key.equals(other.key);
    }

    /** The same with other times. */
    public Token withTimed(List<Word> words) {
      return new Token(gap, core, key, words);
    }

    /** The same with times that count from so many seconds before. */
    public Token later(double seconds) {
      return withTimed(
          timed.stream()
              .map(word ->
                  new Word(
                      word.text(),
                      word.start() + seconds,
                      word.end() + seconds,
                      word.probability(),
                      word.speaker()))
              .toList());
    }
  }

  public Hypothesis {
    tokens = List.copyOf(tokens);
  }

  /** What a model understood; its words have times if it tells them, and they fit the text. */
  public static Hypothesis of(Transcript heard) {
    Hypothesis plain = of(text(heard));
    List<Word> words = new ArrayList<>();
    for (Segment segment : heard.segments()) {
      words.addAll(segment.words());
    }
    return words.isEmpty() ? plain : plain.timed(words);
  }

  /** A segment; its words have times if they are told and fit the text. */
  public static Hypothesis of(Segment segment) {
    Hypothesis plain = of(segment.text());
    return segment.words().isEmpty() ? plain : plain.timed(segment.words());
  }

  private static String text(Transcript heard) {
    return heard.text().isBlank()
        ? String.join(" ", heard.segments().stream().map(Segment::text).toList())
        : heard.text();
  }

  /** The words of a text, without times. */
  public static Hypothesis of(String text) {
    String whole = text.strip();
    List<Token> tokens = new ArrayList<>();
    int gap = 0;
    for (int at = 0; at < whole.length(); ) {
      int letter = whole.codePointAt(at);
      if (!Character.isLetterOrDigit(letter)) {
        at += Character.charCount(letter);
        continue;
      }
      int end = end(whole, at);
      String core = whole.substring(at, end);
      tokens.add(new Token(whole.substring(gap, at), core, key(core), List.of()));
      gap = end;
      at = end;
    }
    return new Hypothesis(tokens, whole.substring(gap));
  }

  private static int end(String text, int start) {
    int first = text.codePointAt(start);
    boolean alone = isUnspaced(first);
    int end = start + Character.charCount(first);
    for (int at = end; at < text.length(); ) {
      int letter = text.codePointAt(at);
      boolean mark = isMark(letter);
      if (!mark && (alone || Character.isWhitespace(letter) || isUnspaced(letter))) {
        break;
      }
      at += Character.charCount(letter);
      if (mark || Character.isLetterOrDigit(letter)) {
        end = at;
      }
    }
    return end;
  }

  private static boolean isMark(int letter) {
    return switch (Character.getType(letter)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  /** Of a script that sets no spaces between words. */
  public static boolean isUnspaced(int letter) {
    if (letter < 0x0E00) {
      return false;
    }
    return switch (UScript.getScript(letter)) {
      case UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA, UScript.BOPOMOFO -> true;
      default ->
          UCharacter.getIntPropertyValue(letter, UProperty.LINE_BREAK) == LineBreak.COMPLEX_CONTEXT;
    };
  }

  private static String key(String core) {
    StringBuilder kept = new StringBuilder(core.length());
    core.codePoints()
        .filter(letter -> Character.isLetterOrDigit(letter) || isMark(letter))
        .forEach(kept::appendCodePoint);
    return UCharacter.foldCase(kept.toString(), true);
  }

  /** The punctuation of a gap that belongs to the word before it. */
  public static String closing(String gap) {
    int end = 0;
    while (end < gap.length() && isClosing(gap.codePointAt(end))) {
      end += Character.charCount(gap.codePointAt(end));
    }
    return gap.substring(0, end);
  }

  private static boolean isClosing(int letter) {
    return switch (Character.getType(letter)) {
      case Character.OTHER_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          letter != 0xBF && letter != 0xA1;
      default -> false;
    };
  }

  /**
   * The words from one on, behind some that come first. What stood between the first one and the
   * word before it belongs to that.
   */
  public Hypothesis behind(List<Token> first, int from) {
    List<Token> all = new ArrayList<>(first);
    List<Token> own = tokens.subList(from, tokens.size());
    all.addAll(own);
    if (!all.isEmpty()) {
      Token begin = all.getFirst();
      String gap = begin.gap().substring(closing(begin.gap()).length());
      all.set(0, new Token(gap, begin.core(), begin.key(), begin.timed()));
    }
    return new Hypothesis(all, own.isEmpty() && from > 0 ? "" : tail);
  }

  /** All of it, without white space around it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      text.append(token.gap()).append(token.core());
    }
    return text.append(tail).toString().strip();
  }

  /** Whether nothing was said. */
  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Gives every word to the token in which it begins; none if letters differ. */
  private Hypothesis timed(List<Word> words) {
    StringBuilder letters = new StringBuilder();
    List<Integer> starts = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      starts.add(letters.length());
      letters.append(token.key);
    }
    List<List<Word>> timed = new ArrayList<>();
    tokens.forEach(_ -> timed.add(new ArrayList<>()));
    String all = letters.toString();
    int at = 0;
    for (Word word : words) {
      String key = key(word.text());
      if (!all.startsWith(key, at)) {
        return this;
      }
      int found = Collections.binarySearch(starts, at);
      int index = found >= 0 ? found : -found - 2;
      if (!key.isEmpty() && index >= 0) {
        timed.get(index).add(word);
      }
      at += key.length();
    }
    if (at < all.length()) {
      return this;
    }
    List<Token> told = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      told.add(tokens.get(i).withTimed(List.copyOf(timed.get(i))));
    }
    return new Hypothesis(told, tail);
  }
}
