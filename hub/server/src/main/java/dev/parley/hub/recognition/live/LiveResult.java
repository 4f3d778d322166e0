package dev.parley.hub.recognition.live;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Segment.Scores;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.hub.recognition.seam.Hypothesis;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One result that a caller is told, again and again until it is final: one stretch of sound or, in
 * a turn that pauses do not end, several. Belongs to the caller's event loop.
 */
final class LiveResult {

  private static final int UNTOLD = -1;

  private final List<Stretch> stretches = new ArrayList<>();
  private int id = UNTOLD;
  private boolean changed;

  void add(Stretch next) {
    stretches.add(next);
  }

  void remove(Stretch dropped) {
    stretches.remove(dropped);
  }

  boolean has(@Nullable Stretch stretch) {
    return stretches.contains(stretch);
  }

  List<Stretch> stretches() {
    return stretches;
  }

  boolean isEmpty() {
    return stretches.isEmpty();
  }

  /** Its first sample. */
  long start() {
    return stretches.getFirst().toldFrom();
  }

  /** Whether all of it is written down for good. */
  boolean isDone() {
    return stretches.stream().allMatch(Stretch::isDone);
  }

  /** Why it will never be written down; null: it may be. */
  @Nullable Throwable failure() {
    for (Stretch stretch : stretches) {
      if (stretch.failure() != null) {
        return stretch.failure();
      }
    }
    return null;
  }

  /** There is more to be told of it. */
  void change() {
    changed = true;
  }

  /** Whether an interim is to be told. */
  boolean hasNews() {
    return changed && !text().isEmpty();
  }

  /** Whether the caller knows of it. */
  boolean isTold() {
    return id != UNTOLD;
  }

  /** Its number, which is the given one if it had none. */
  int number(int next) {
    id = isTold() ? id : next;
    return id;
  }

  /** All is written down: words at the end that another result hears better are left to it. */
  void settle() {
    stretches.getLast().agreement().leaveRest();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    stretches.forEach(stretch -> append(text, stretch.agreement().text()));
    return text.toString();
  }

  /** Scripts that set no spaces between words are joined without one. */
  private static void append(StringBuilder text, String more) {
    boolean spaced =
        !text.isEmpty()
            && !more.isEmpty()
            && !(Hypothesis.isUnspaced(text.codePointBefore(text.length()))
                && Hypothesis.isUnspaced(more.codePointAt(0)));
    text.append(spaced ? " " : "").append(more);
  }

  /** How many UTF-16 units of the text will not change. */
  private int stableChars() {
    StringBuilder text = new StringBuilder();
    int stable = 0;
    for (Stretch stretch : stretches) {
      LocalAgreement agreement = stretch.agreement();
      append(text, agreement.text());
      int open = agreement.text().length() - agreement.stableChars();
      stable = agreement.stableChars() > 0 ? text.length() - open : stable;
      if (!stretch.isDone() || open > 0) {
        return stable;
      }
    }
    return stable;
  }

  private OptionalDouble stability() {
    int all = stretches.stream().mapToInt(s -> s.agreement().wordCount()).sum();
    int stable = stretches.stream().mapToInt(s -> s.agreement().stableWords()).sum();
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) stable / all);
  }

  /** What is known so far. */
  LiveEvent.Result interim(int number, long processedMs) {
    changed = false;
    Stretch last = stretches.getLast();
    long end = last.isOpen() ? Math.max(last.answeredTo(), last.toldFrom() + 1) : last.toldTo();
    return new LiveEvent.Result(
        number, segment(end), false, stableChars(), stability(), processedMs);
  }

  /** What stays. */
  LiveEvent.Result last(int number, long processedMs) {
    Segment whole = segment(stretches.getLast().toldTo());
    return new LiveEvent.Result(
        number, whole, true, whole.text().length(), OptionalDouble.empty(), processedMs);
  }

  private Segment segment(long end) {
    List<Word> words = new ArrayList<>();
    for (Stretch stretch : stretches) {
      double begin = seconds(stretch.start());
      double from = seconds(Math.min(end, stretch.toldFrom()));
      double to = seconds(Math.min(end, stretch.toldTo()));
      for (Word word : stretch.agreement().words()) {
        double start = Math.clamp(begin + word.start(), from, to);
        words.add(
            new Word(
                word.text(),
                start,
                Math.clamp(begin + word.end(), start, to),
                word.probability(),
                word.speaker()));
      }
    }
    List<Segment> told = new ArrayList<>();
    for (Stretch stretch : stretches) {
      Transcript newest = stretch.newest();
      if (newest != null) {
        told.addAll(newest.segments());
      }
    }
    boolean alone =
        told.size() == 1
            && stretches.stream().noneMatch(s -> s.isShared() || s.following() != null);
    return new Segment(
        seconds(start()),
        seconds(end),
        text(),
        words,
        same(told, Segment::speaker),
        language(),
        scores(told),
        alone ? told.getFirst().tokens() : List.of(),
        alone ? told.getFirst().extra() : Json.EMPTY_OBJECT);
  }

  private String language() {
    for (Stretch stretch : stretches) {
      Transcript newest = stretch.newest();
      if (newest != null && !newest.language().isEmpty()) {
        return newest.language();
      }
    }
    return "";
  }

  private static String same(List<Segment> all, Function<Segment, String> what) {
    List<String> found = all.stream().map(what).distinct().toList();
    return found.size() == 1 ? found.getFirst() : "";
  }

  /** Each the mean of what the parts have, by how long they are; empty when one has none. */
  private static Scores scores(List<Segment> all) {
    return new Scores(
        mean(all, s -> s.scores().probability()),
        mean(all, s -> s.scores().avgLogprob()),
        mean(all, s -> s.scores().noSpeech()),
        mean(all, s -> s.scores().compressionRatio()),
        mean(all, s -> s.scores().temperature()));
  }

  private static OptionalDouble mean(List<Segment> all, Function<Segment, OptionalDouble> score) {
    double sum = 0;
    double weights = 0;
    for (Segment segment : all) {
      OptionalDouble value = score.apply(segment);
      if (value.isEmpty()) {
        return value;
      }
      // Even a part without length counts for something.
      double weight = Math.max(0.01, segment.end() - segment.start());
      sum += weight * value.getAsDouble();
      weights += weight;
    }
    return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weights);
  }

  static double seconds(long sample) {
    return (double) sample / Clip.RATE_HZ;
  }
}
