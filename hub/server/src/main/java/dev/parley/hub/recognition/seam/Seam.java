package dev.parley.hub.recognition.seam;

import dev.parley.hub.recognition.seam.Placed.At;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins a reading of a clip to that of the clip before it, which shares its beginning. The end of
 * the one may have cut a word and so may the beginning of the other, so the reading before is
 * believed up to about the middle of what is shared, and the other one behind that: the words of
 * both that are the same, at about the same time, tell where it goes on. Pure.
 *
 * @param kept the words of the clip before that stay; the ones that the other clip may hear suffice
 * @param dropped its words behind them, which the other clip hears better
 * @param from where the sound that both share begins, in seconds
 * @param to where it ends
 */
public record Seam(Placed kept, Placed dropped, double from, double to) {

  /** How far the same word may lie apart in two readings. */
  private static final double APART_SECONDS_TOLD = 0.7;

  /** Each reading may take a word that was cut for a whole one, or leave it out: two long words. */
  private static final double APART_SECONDS_GUESSED = 2;

  /** Words of either reading that are compared: nobody says more in what is shared. */
  private static final int COMPARED_MAX = 64;

  /** Times of two models differ by less than this for the same edge of a word. */
  private static final double SLACK_SECONDS = 0.05;

  /**
   * Where a reading goes on.
   *
   * @param recovered so many of the words dropped come first: the reading has nothing in their
   *     place
   * @param skipped so many of its own first words are told already
   */
  public record Place(int recovered, int skipped) {}

  /** The same word in both readings, by its place in each. */
  private record Pair(int mine, int other) {}

  /** How many first words of a clip stay, whose last seconds the next clip has, too. */
  public static int kept(Placed words, double from, double to) {
    return words.endingBefore((from + to) / 2);
  }

  /** Where the one ends and the other begins: between two words, near the middle. */
  public double middle() {
    double middle = (from + to) / 2;
    double resumes = dropped.words().isEmpty() ? middle : dropped.words().getFirst().start();
    double ends = kept.words().isEmpty() ? from : kept.words().getLast().end();
    return Math.max(ends, Math.min(middle, resumes));
  }

  /** Where a reading of the clip behind goes on. */
  public Place place(Placed next) {
    int first = Math.max(0, kept.words().size() - COMPARED_MAX);
    List<At> mine = new ArrayList<>(kept.words().subList(first, kept.words().size()));
    int stay = mine.size();
    mine.addAll(dropped.words().subList(0, Math.min(COMPARED_MAX, dropped.words().size())));
    List<At> other = next.words().subList(0, Math.min(2 * COMPARED_MAX, next.words().size()));
    boolean told = kept.told() && dropped.told() && next.told();
    return place(mine, stay, other, told, next);
  }

  private Place place(List<At> mine, int stay, List<At> other, boolean told, Placed next) {
    Pair before = new Pair(-1, -1);
    Pair behind = new Pair(mine.size(), other.size());
    for (Pair pair : pairs(mine, other, told)) {
      if (pair.mine() < stay) {
        before = pair;
      } else if (behind.mine() == mine.size()) {
        behind = pair;
      }
    }
    int skipped = next.wholeWords(skipped(mine, stay, other, told, before, behind));
    int whole = behind.mine() - stay;
    if (skipped == 0 && behind.mine() < mine.size() && behind.other() > 0) {
      // The first word of the other reading may be cut; if it is one, it is whole in this one.
      return new Place(Math.max(Math.min(1, whole), whole - behind.other() + 1), 1);
    }
    return new Place(recovered(mine, stay, other, told, behind, skipped), skipped);
  }

  private static int skipped(
      List<At> mine, int stay, List<At> other, boolean told, Pair before, Pair behind) {
    int unheard = stay - 1 - before.mine();
    int first = before.other() + 1;
    int between = behind.other() - first;
    boolean anchored = before.mine() >= 0;
    boolean bounded = behind.mine() < mine.size();
    if (unheard == 0) {
      return first;
    }
    if (anchored && bounded && between == behind.mine() - before.mine() - 1) {
      // As many words in both, though not the same ones: one stands for the other.
      return first + unheard;
    }
    if (!told && anchored) {
      return first + Math.min(unheard, between);
    }
    if (!told && bounded) {
      return Math.max(first, behind.other() - (behind.mine() - stay));
    }
    double end = mine.get(stay - 1).end();
    int skipped = first;
    while (skipped < behind.other() && other.get(skipped).middle() < end) {
      skipped++;
    }
    return skipped;
  }

  /** How many of the words dropped the other reading does not have at all. */
  private static int recovered(
      List<At> mine, int stay, List<At> other, boolean told, Pair behind, int skipped) {
    if (behind.mine() < mine.size()) {
      return skipped >= behind.other() ? behind.mine() - stay : 0;
    }
    if (skipped < other.size() && !told) {
      return 0;
    }
    double resumes = skipped < other.size() ? other.get(skipped).start() : Double.POSITIVE_INFINITY;
    int recovered = 0;
    while (stay + recovered < mine.size()
        && mine.get(stay + recovered).end() <= resumes + SLACK_SECONDS) {
      recovered++;
    }
    return recovered;
  }

  /** The most words that are the same in the same order, and of those the nearest in time. */
  private static List<Pair> pairs(List<At> mine, List<At> other, boolean told) {
    double[][] worth = new double[mine.size() + 1][other.size() + 1];
    for (int i = mine.size() - 1; i >= 0; i--) {
      for (int j = other.size() - 1; j >= 0; j--) {
        worth[i][j] =
            Math.max(
                worth[i + 1][j + 1] + worth(mine.get(i), other.get(j), told),
                Math.max(worth[i + 1][j], worth[i][j + 1]));
      }
    }
    List<Pair> pairs = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < mine.size() && j < other.size()) {
      double same = worth(mine.get(i), other.get(j), told);
      if (same > 0 && worth[i][j] == worth[i + 1][j + 1] + same) {
        pairs.add(new Pair(i++, j++));
      } else if (worth[i][j] == worth[i + 1][j]) {
        i++;
      } else {
        j++;
      }
    }
    return pairs;
  }

  /**
   * What it is worth to take both for the same word. Where times are told, two that lie a word's
   * length apart are worth little: of a word said again and again each one finds itself, though one
   * pair more could be made of its neighbours.
   */
  private static double worth(At one, At other, boolean told) {
    double distance = Math.abs(one.middle() - other.middle());
    if (!one.key().equals(other.key())
        || distance > (told ? APART_SECONDS_TOLD : APART_SECONDS_GUESSED)) {
      return 0;
    }
    if (!told) {
      return 1 - distance / APART_SECONDS_GUESSED / 2;
    }
    double off = distance / Math.max(SLACK_SECONDS, (one.end() - one.start()) / 3);
    return 1 / (1 + off * off);
  }
}
