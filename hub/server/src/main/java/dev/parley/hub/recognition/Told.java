package dev.parley.hub.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What of a text somebody has read already, and what is left of another reading of it. Pure. */
final class Told {

  /** Words that must agree for two readings to be at the same place. */
  private static final int CONTEXT = 3;

  /** How far two readings may have drifted apart. */
  private static final int DRIFT_MAX = 4;

  private Told() {}

  /**
   * What follows in {@code whole}, spaces included. Where the two readings differ, the place is the
   * one whose last words agree best, near the same number of words.
   *
   * @param told its beginning, as somebody read it
   */
  static String rest(String told, String whole) {
    if (told.isBlank()) {
      return whole;
    }
    String begun = told.strip();
    if (whole.startsWith(begun)) {
      return whole.substring(begun.length());
    }
    List<int[]> read = words(begun);
    List<int[]> all = words(whole);
    int behind = place(begun, read, whole, all);
    return behind == 0 ? whole : whole.substring(all.get(behind - 1)[1]);
  }

  /** How many words of the other reading are told. */
  private static int place(String told, List<int[]> read, String whole, List<int[]> all) {
    int usual = Math.min(read.size(), all.size());
    int best = usual;
    int most = 0;
    for (int drift = 0; drift <= DRIFT_MAX; drift++) {
      for (int at : new int[] {usual - drift, usual + drift}) {
        int agreed = 0;
        for (int back = 1; back <= CONTEXT; back++) {
          if (at - back >= 0
              && at <= all.size()
              && read.size() - back >= 0
              && plain(told, read.get(read.size() - back))
                  .equals(plain(whole, all.get(at - back)))) {
            agreed++;
          }
        }
        if (agreed > most) {
          most = agreed;
          best = at;
        }
      }
    }
    return best;
  }

  private static String plain(String text, int[] word) {
    return text.substring(word[0], word[1])
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Where the words are; in scripts without spaces every letter is one. */
  private static List<int[]> words(String text) {
    List<int[]> words = new ArrayList<>();
    int start = -1;
    for (int at = 0; at < text.length(); ) {
      int letter = text.codePointAt(at);
      int next = at + Character.charCount(letter);
      if (Character.isWhitespace(letter)) {
        if (start >= 0) {
          words.add(new int[] {start, at});
        }
        start = -1;
      } else if (TextJoint.isWithoutSpaces(letter)) {
        if (start >= 0) {
          words.add(new int[] {start, at});
        }
        words.add(new int[] {at, next});
        start = -1;
      } else if (start < 0) {
        start = at;
      }
      at = next;
    }
    if (start >= 0) {
      words.add(new int[] {start, text.length()});
    }
    return words;
  }
}
