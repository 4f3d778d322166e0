package dev.parley.core.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that someone probably meant, for messages about unknown ones. The distance counts
 * inserted, dropped, changed and swapped neighbouring characters, case aside.
 */
public final class NearestName {

  /** Longer names are compared by their first characters only, so that the work stays bounded. */
  private static final int COMPARED_CHARS_MAX = 128;

  private NearestName() {}

  /**
   * The known name closest to the given one, the alphabetically first of equals; empty when none is
   * within a third of the name's length (at least one, at most five, changes).
   */
  public static Optional<String> of(String name, Collection<String> known) {
    String wanted = folded(name);
    int bound = Math.clamp(wanted.length() / 3, 1, 5);
    String best = null;
    int bestDistance = bound + 1;
    for (String candidate : known) {
      int distance = distance(wanted, folded(candidate), bound);
      boolean better =
          distance < bestDistance
              || (best != null && distance == bestDistance && candidate.compareTo(best) < 0);
      if (better) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  private static String folded(String name) {
    String head = name.length() > COMPARED_CHARS_MAX ? name.substring(0, COMPARED_CHARS_MAX) : name;
    return head.toLowerCase(Locale.ROOT);
  }

  /** Edits between the two, or any number above the bound when there are more than that. */
  static int distance(String a, String b, int bound) {
    if (Math.abs(a.length() - b.length()) > bound) {
      return bound + 1;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int lowest = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(last[j - 1] + change, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        row[j] = swapped ? Math.min(least, beforeLast[j - 2] + 1) : least;
        lowest = Math.min(lowest, row[j]);
      }
      // A swap reaches back two rows, so only rows beyond reach of both end the work early.
      if (lowest > bound + 1) {
        return bound + 1;
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
