package dev.parley.hub.speakers;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Word;
import dev.parley.core.speakers.SpeakerTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Joins what was said with who spoke when. Pure. */
public final class SpeakerMerge {

  /** How far from a word a turn may be that it belongs to. */
  private static final double NEAR_SECONDS = 1;

  /** Silence that ends a segment where one ended before. */
  private static final double PAUSE_SECONDS = 0.5;

  /** What is longer goes on as another segment, as soon as one ended before. */
  private static final double RUN_SECONDS_MAX = 30;

  /** A word without length is at a moment. */
  private static final double WORD_SECONDS_MIN = 0.001;

  /** Of a word, for the one who speaks already to go on while somebody else does, too. */
  private static final double SHARE_TO_GO_ON = 0.5;

  private final TurnLine turns;
  private final List<Segment> done = new ArrayList<>();
  private String last = "";

  private SpeakerMerge(List<SpeakerTurn> turns) {
    this.turns = new TurnLine(turns);
  }

  /**
   * The same words with their speakers, in the same order, cut where the speaker changes: a word is
   * whose turn covers most of it, of the one who spoke before where several do, of the nearest
   * within a second where none does, else of the one who spoke before. What one speaker says
   * without a pause becomes one segment. A segment without words goes to who has most of it, as a
   * whole. Without any turn the segments are what they were.
   *
   * @param segments in their order
   */
  public static List<Segment> of(List<Segment> segments, List<SpeakerTurn> turns) {
    if (turns.isEmpty()) {
      return List.copyOf(segments);
    }
    SpeakerMerge merge = new SpeakerMerge(turns);
    for (Segment segment : segments) {
      if (segment.words().isEmpty()) {
        merge.done.add(spoken(segment, merge.speaker(segment.start(), segment.end(), 1)));
      } else {
        merge.cut(segment);
      }
    }
    return List.copyOf(merge.done);
  }

  private static Segment spoken(Segment segment, String speaker) {
    return new Segment(
        segment.start(),
        segment.end(),
        segment.text(),
        segment.words(),
        speaker,
        segment.language(),
        segment.scores(),
        segment.tokens(),
        segment.extra());
  }

  /**
   * @param shareToGoOn what the one who spoke before must have of the stretch to go on
   */
  private String speaker(double start, double end, double shareToGoOn) {
    double until = Math.max(end, start + WORD_SECONDS_MIN);
    Map<String, Double> shares = turns.shares(start, until);
    String found;
    if (shares.isEmpty()) {
      // Before anybody spoke it is whoever comes first, however late.
      double far = last.isEmpty() ? Double.MAX_VALUE : NEAR_SECONDS;
      found = turns.nearest(start, until, far).orElse(last);
    } else if (shares.getOrDefault(last, 0.0) >= shareToGoOn * (until - start)) {
      found = last;
    } else {
      found =
          shares.entrySet().stream()
              .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
              .orElseThrow()
              .getKey();
    }
    last = found;
    return found;
  }

  private void cut(Segment segment) {
    List<Word> words = new ArrayList<>(segment.words().size());
    List<Integer> firsts = new ArrayList<>();
    for (Word word : segment.words()) {
      String before = last;
      String speaker = speaker(word.start(), word.end(), SHARE_TO_GO_ON);
      if (words.isEmpty() || !speaker.equals(before)) {
        firsts.add(words.size());
      }
      words.add(new Word(word.text(), word.start(), word.end(), word.probability(), speaker));
    }
    if (firsts.size() == 1) {
      add(whole(segment, words));
      return;
    }
    List<String> texts = WordSpans.cut(segment.text(), words, firsts);
    for (int i = 0; i < firsts.size(); i++) {
      int after = i + 1 < firsts.size() ? firsts.get(i + 1) : words.size();
      add(part(segment, words.subList(firsts.get(i), after), texts.get(i)));
    }
  }

  private static Segment whole(Segment segment, List<Word> words) {
    return new Segment(
        segment.start(),
        segment.end(),
        segment.text(),
        words,
        words.getFirst().speaker(),
        segment.language(),
        segment.scores(),
        segment.tokens(),
        segment.extra());
  }

  /** How the model judges the whole holds for a part; which tokens are the part's nobody knows. */
  private static Segment part(Segment segment, List<Word> words, String text) {
    return new Segment(
        words.getFirst().start(),
        endOf(words),
        text,
        words,
        words.getFirst().speaker(),
        segment.language(),
        segment.scores(),
        List.of(),
        Json.EMPTY_OBJECT);
  }

  private static double endOf(List<Word> words) {
    return words.stream().mapToDouble(Word::end).max().orElseThrow();
  }

  private void add(Segment next) {
    Segment before = done.isEmpty() ? next : done.getLast();
    boolean goesOn =
        !done.isEmpty()
            && !before.words().isEmpty()
            && before.speaker().equals(next.speaker())
            && before.language().equals(next.language())
            && next.words().getFirst().start() - endOf(before.words()) < PAUSE_SECONDS
            && next.end() - before.start() <= RUN_SECONDS_MAX;
    if (goesOn) {
      done.removeLast();
      done.add(joined(before, next));
    } else {
      done.add(next);
    }
  }

  private static Segment joined(Segment one, Segment other) {
    List<Word> words = new ArrayList<>(one.words());
    words.addAll(other.words());
    return new Segment(
        one.start(),
        Math.max(one.end(), other.end()),
        WordSpans.joined(one.text(), other.text()),
        words,
        one.speaker(),
        one.language(),
        one.scores().equals(other.scores()) ? one.scores() : Segment.Scores.UNTOLD,
        List.of(),
        Json.EMPTY_OBJECT);
  }
}
