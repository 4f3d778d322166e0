package dev.parley.hub.recognition.live;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.testkit.content.Hearing;
import dev.parley.testkit.content.TimedWord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Writes clips down by what is in them, when the test says so. */
final class HearingClips implements ClipRecognizer {

  /** A clip that waits to be written down. */
  record Waiting(Ask ask, CompletableFuture<Transcript> answer) {}

  final List<Ask> asks = new ArrayList<>();
  final List<Waiting> waiting = new ArrayList<>();
  private final Hearing hearing;
  boolean words = true;
  boolean atOnce;
  double secondsMax = 600;

  HearingClips(Hearing hearing) {
    this.hearing = hearing;
  }

  @Override
  public CompletableFuture<Transcript> recognize(Ask ask) {
    asks.add(ask);
    var answer = new CompletableFuture<Transcript>();
    if (atOnce) {
      answer.complete(written(ask));
    } else {
      waiting.add(new Waiting(ask, answer));
    }
    return answer;
  }

  @Override
  public boolean interimsAreWhole() {
    return true;
  }

  @Override
  public void close() {}

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public double secondsMax() {
    return secondsMax;
  }

  /** Answers the one that waits at a place. */
  void answer(int index) {
    var next = waiting.remove(index);
    if (!next.answer().isDone()) {
      next.answer().complete(written(next.ask()));
    }
  }

  void fail(int index, Throwable failure) {
    waiting.remove(index).answer().completeExceptionally(failure);
  }

  void answerAll() {
    while (!waiting.isEmpty()) {
      answer(0);
    }
  }

  long finals() {
    return asks.stream().filter(a -> !a.interim()).count();
  }

  private Transcript written(Ask ask) {
    return written(hearing.hear(ask.clip().bytes()), ask.clip().seconds(), words);
  }

  static Transcript written(List<TimedWord> heard, double seconds, boolean words) {
    var text = heard.stream().map(TimedWord::text).collect(Collectors.joining(" "));
    var timed =
        heard.stream()
            .map(w -> new Word(w.text(), w.start(), w.end(), OptionalDouble.empty(), ""))
            .toList();
    var segment =
        new Segment(
            0,
            seconds,
            text,
            words ? timed : List.of(),
            "",
            "",
            Segment.Scores.UNTOLD,
            List.of(),
            Json.EMPTY_OBJECT);
    return new Transcript(
        text,
        "en",
        OptionalDouble.empty(),
        List.of(),
        OptionalDouble.of(seconds),
        text.isEmpty() ? List.of() : List.of(segment),
        List.of(),
        RecognitionUsage.UNKNOWN,
        Json.EMPTY_OBJECT);
  }
}
