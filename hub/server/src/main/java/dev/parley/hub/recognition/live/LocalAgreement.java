package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Word;
import dev.parley.hub.recognition.seam.Hypothesis;
import dev.parley.hub.recognition.seam.Hypothesis.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What can be said of a stretch of speech that is written down again and again while it grows: the
 * first words on which two readings in a row agree are stable, all but the last one of a reading,
 * which the end of the sound may have cut. What is stable never changes; a later reading that
 * differs is put on it where its words fit best. Pure; belongs to one thread.
 */
final class LocalAgreement {

  /** More than this is not compared: no speaker says so much in a stretch. */
  private static final long COMPARED_MAX = 1_000_000;

  private final List<Token> stable = new ArrayList<>();
  private List<Token> rest = List.of();
  private String tail = "";
  private String stableText = "";

  /**
   * A reading of more of the sound.
   *
   * @return whether more is stable than before
   */
  boolean hear(Hypothesis next) {
    List<Token> fresh = behindStable(next);
    int agreed = 0;
    int most = Math.min(rest.size(), fresh.size()) - 1;
    while (agreed < most && rest.get(agreed).sameAs(fresh.get(agreed))) {
      agreed++;
    }
    settle(fresh, agreed);
    tail = next.tail();
    return agreed > 0;
  }

  /** The reading that counts: all of it is stable. */
  void finish(Hypothesis last) {
    finish(last, List::size);
    leaveRest();
  }

  /**
   * The reading that counts, of which only the beginning stays.
   *
   * @param kept how many first words of all stay; what is stable stays in any case
   */
  void finish(Hypothesis last, ToIntFunction<List<Token>> kept) {
    List<Token> fresh = behindStable(last);
    boolean confirmed = stable.size() + fresh.size() == last.tokens().size() && agrees(last);
    if (confirmed) {
      // The times of a reading that heard everything are better.
      for (int i = 0; i < stable.size(); i++) {
        stable.set(i, stable.get(i).withTimed(last.tokens().get(i).timed()));
      }
    }
    List<Token> all = new ArrayList<>(stable);
    all.addAll(fresh);
    settle(fresh, Math.max(0, kept.applyAsInt(all) - stable.size()));
    tail = last.tail();
  }

  /** What is not stable is said elsewhere; the punctuation behind the last stable word stays. */
  void leaveRest() {
    stableText += rest.isEmpty() ? tail : Hypothesis.closing(rest.getFirst().gap());
    rest = List.of();
    tail = "";
  }

  private void settle(List<Token> fresh, int count) {
    StringBuilder text = new StringBuilder(stableText);
    for (Token token : fresh.subList(0, count)) {
      append(text, token);
      stable.add(token);
    }
    stableText = text.toString();
    rest = List.copyOf(fresh.subList(count, fresh.size()));
  }

  private static void append(StringBuilder text, Token token) {
    if (text.isEmpty()) {
      text.append(token.gap().stripLeading());
    } else if (token.gap().isEmpty() && !Hypothesis.isUnspaced(token.core().codePointAt(0))) {
      text.append(' ');
    } else {
      text.append(token.gap());
    }
    text.append(token.core());
  }

  private List<Token> behindStable(Hypothesis next) {
    List<Token> all = next.tokens();
    return all.subList(agrees(next) ? stable.size() : bestSplit(all), all.size());
  }

  private boolean agrees(Hypothesis next) {
    if (next.tokens().size() < stable.size()) {
      return false;
    }
    for (int i = 0; i < stable.size(); i++) {
      if (!stable.get(i).sameAs(next.tokens().get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * How many first words of another reading stand for what is stable: those that become it with the
   * fewest words changed, added or left out. Of several such places the times choose, where they
   * are told, else the one nearest to as many words as are stable.
   */
  private int bestSplit(List<Token> other) {
    if ((long) stable.size() * other.size() > COMPARED_MAX) {
      return Math.min(stable.size(), other.size());
    }
    int[] costs = costs(other);
    int best = 0;
    for (int split = 1; split < costs.length; split++) {
      if (costs[split] < costs[best]
          || (costs[split] == costs[best] && away(split, other) <= away(best, other))) {
        best = split;
      }
    }
    return best;
  }

  private int away(int split, List<Token> other) {
    List<Word> told = stable.getLast().timed();
    if (told.isEmpty() || other.stream().anyMatch(t -> t.timed().isEmpty())) {
      return Math.abs(split - stable.size());
    }
    double end = told.getLast().end();
    int misplaced = 0;
    for (int i = 0; i < other.size(); i++) {
      Word word = other.get(i).timed().getFirst();
      boolean before = (word.start() + word.end()) / 2 < end;
      misplaced += before == (i < split) ? 0 : 1;
    }
    return misplaced;
  }

  /** For each number of first words of the other reading, how far they are from what is stable. */
  private int[] costs(List<Token> other) {
    int[] costs = new int[other.size() + 1];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = i;
    }
    for (Token mine : stable) {
      int diagonal = costs[0];
      costs[0]++;
      for (int i = 1; i < costs.length; i++) {
        int changed = diagonal + (mine.sameAs(other.get(i - 1)) ? 0 : 1);
        diagonal = costs[i];
        costs[i] = Math.min(changed, 1 + Math.min(costs[i], costs[i - 1]));
      }
    }
    return costs;
  }

  /** All that was understood, as far as it is known. */
  String text() {
    StringBuilder text = new StringBuilder(stableText);
    for (Token token : rest) {
      append(text, token);
    }
    return text.append(tail).toString();
  }

  /** The words that will not change. */
  List<Token> stable() {
    return List.copyOf(stable);
  }

  /** The words that may change. */
  List<Token> rest() {
    return rest;
  }

  /** How many UTF-16 units of the text will not change. */
  int stableChars() {
    return stableText.length();
  }

  /** Words that will not change. */
  int stableWords() {
    return stable.size();
  }

  /** Words of the text. */
  int wordCount() {
    return stable.size() + rest.size();
  }

  /** Its words as the model times them, from the start of the stretch; empty: untold. */
  List<Word> words() {
    List<Word> all = new ArrayList<>();
    stable.forEach(token -> all.addAll(token.timed()));
    rest.forEach(token -> all.addAll(token.timed()));
    return all;
  }
}
