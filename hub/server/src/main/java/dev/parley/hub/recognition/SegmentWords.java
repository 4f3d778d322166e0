package dev.parley.hub.recognition;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.hub.recognition.seam.Hypothesis;
import dev.parley.hub.recognition.seam.Hypothesis.Token;
import dev.parley.hub.recognition.seam.Placed;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of a clip as the words that they are made of, so that a part of them can be told.
 * Times count from the start of the clip. Pure.
 *
 * @param segments in their order
 * @param readings the words of each
 * @param tokens the words of all
 * @param placed when each was said, as far as that is told or can be guessed
 */
record SegmentWords(
    List<Segment> segments, List<Hypothesis> readings, List<Token> tokens, Placed placed) {

  SegmentWords {
    segments = List.copyOf(segments);
    readings = List.copyOf(readings);
    tokens = List.copyOf(tokens);
  }

  /** What was said in a clip of so many seconds. */
  static SegmentWords of(Transcript transcript, double seconds) {
    List<Segment> segments = new ArrayList<>(transcript.segments());
    if (segments.isEmpty() && !transcript.text().isEmpty()) {
      segments.add(
          new Segment(
              0,
              seconds,
              transcript.text(),
              List.of(),
              "",
              "",
              Segment.Scores.UNTOLD,
              List.of(),
              Json.EMPTY_OBJECT));
    }
    List<Hypothesis> readings = segments.stream().map(Hypothesis::of).toList();
    List<Token> tokens = readings.stream().flatMap(r -> r.tokens().stream()).toList();
    List<Placed.At> placed = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      Placed words = Placed.fromTheStart(readings.get(i).tokens(), segment.start(), segment.end());
      boolean told = words.told();
      for (Placed.At at : words.words()) {
        double shift = told ? -segment.start() : 0;
        placed.add(new Placed.At(at.key(), at.start() + shift, at.end() + shift));
      }
    }
    return new SegmentWords(segments, readings, tokens, new Placed(placed, false));
  }

  /** The words from one up to another. */
  List<Segment> part(int from, int to) {
    List<Segment> found = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < segments.size(); i++) {
      int size = readings.get(i).tokens().size();
      int begin = Math.clamp(from - first, 0, size);
      int end = Math.clamp(to - first, begin, size);
      if (begin == 0 && end == size && size > 0) {
        found.add(segments.get(i));
      } else if (begin < end) {
        found.add(part(i, first, begin, end));
      }
      first += size;
    }
    return found;
  }

  private Segment part(int index, int first, int begin, int end) {
    Segment whole = segments.get(index);
    Hypothesis reading = readings.get(index);
    List<Token> part = reading.tokens().subList(begin, end);
    String tail =
        end == reading.tokens().size()
            ? reading.tail()
            : Hypothesis.closing(reading.tokens().get(end).gap());
    List<Word> words = part.stream().flatMap(token -> token.timed().stream()).toList();
    Hypothesis said = new Hypothesis(part, tail);
    return new Segment(
        begin == 0 ? whole.start() : placed.words().get(first + begin).start(),
        end == reading.tokens().size() ? whole.end() : placed.words().get(first + end - 1).end(),
        (begin == 0 ? said : said.behind(List.of(), 0)).text(),
        words,
        whole.speaker(),
        whole.language(),
        whole.scores(),
        List.of(),
        whole.extra());
  }
}
