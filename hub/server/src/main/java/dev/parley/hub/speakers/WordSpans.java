package dev.parley.hub.speakers;

import dev.parley.core.recognition.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where the words of a segment lie in its text, so that it can be cut between words and keeps its
 * spaces and marks. Pure.
 */
final class WordSpans {

  /** Writing without spaces between words. */
  private static final Set<Character.UnicodeScript> UNSPACED =
      Set.of(
          Character.UnicodeScript.HAN,
          Character.UnicodeScript.HIRAGANA,
          Character.UnicodeScript.KATAKANA,
          Character.UnicodeScript.THAI,
          Character.UnicodeScript.LAO,
          Character.UnicodeScript.KHMER,
          Character.UnicodeScript.MYANMAR);

  private WordSpans() {}

  /**
   * The text of each run of words. Every character of the text that is no white space is in exactly
   * one of them, as long as the words are those of the text; else the words are joined anew.
   *
   * @param firsts index of the first word of each run, ascending, the first of them 0
   */
  static List<String> cut(String text, List<Word> words, List<Integer> firsts) {
    int[] starts = starts(text, words);
    List<String> cut = new ArrayList<>(firsts.size());
    for (int i = 0; i < firsts.size(); i++) {
      int first = firsts.get(i);
      int after = i + 1 < firsts.size() ? firsts.get(i + 1) : words.size();
      if (starts.length == 0) {
        cut.add(joined(words.subList(first, after)));
      } else {
        int from = first == 0 ? 0 : starts[first];
        int to = after == words.size() ? text.length() : starts[after];
        cut.add(text.substring(from, to).strip());
      }
    }
    return cut;
  }

  /** Where each word begins, opening marks before it included; empty: these are other words. */
  private static int[] starts(String text, List<Word> words) {
    int[] starts = new int[words.size()];
    int end = 0;
    for (int i = 0; i < starts.length; i++) {
      String word = words.get(i).text().strip();
      int at = text.indexOf(word, end);
      if (word.isEmpty() || at < 0 || hasLetters(text, end, at)) {
        return new int[0];
      }
      int space = lastSpace(text, end, at);
      starts[i] = space < 0 ? at : space + 1;
      end = at + word.length();
    }
    return hasLetters(text, end, text.length()) ? new int[0] : starts;
  }

  private static boolean hasLetters(String text, int from, int to) {
    return text.substring(from, to).codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private static int lastSpace(String text, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static String joined(List<Word> words) {
    String all = "";
    for (Word word : words) {
      all = joined(all, word.text().strip());
    }
    return all;
  }

  /** One text after the other, with a space where their writing has one. */
  static String joined(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one + other;
    }
    boolean unspaced =
        UNSPACED.contains(scriptOfLastLetter(one))
            && UNSPACED.contains(Character.UnicodeScript.of(other.codePointAt(0)));
    return unspaced ? one + other : one + " " + other;
  }

  /** A full stop belongs to no writing; what is before it does. */
  private static Character.UnicodeScript scriptOfLastLetter(String text) {
    int at = text.length();
    while (at > 0) {
      int symbol = text.codePointBefore(at);
      at -= Character.charCount(symbol);
      if (Character.isLetter(symbol)) {
        return Character.UnicodeScript.of(symbol);
      }
    }
    return Character.UnicodeScript.COMMON;
  }
}
