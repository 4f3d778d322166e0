package dev.parley.adapters.recognition;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts words that a server lists beside its segments into them. */
public final class PlacedWords {

  private PlacedWords() {}

  /**
   * The segments, each with the words whose middle lies in it, and no word lost: one between two
   * segments goes to the nearer. Segments that have words of their own keep them. Without segments
   * the words make one.
   *
   * @param segments in order
   * @param words in order
   */
  public static List<Segment> in(List<Segment> segments, List<Word> words) {
    if (words.isEmpty() || segments.stream().anyMatch(segment -> !segment.words().isEmpty())) {
      return List.copyOf(segments);
    }
    if (segments.isEmpty()) {
      return List.of(around(words));
    }
    List<List<Word>> placed = new ArrayList<>();
    segments.forEach(_ -> placed.add(new ArrayList<>()));
    int at = 0;
    for (Word word : words) {
      double middle = (word.start() + word.end()) / 2;
      while (at + 1 < segments.size() && isNearer(middle, segments.get(at), segments.get(at + 1))) {
        at++;
      }
      placed.get(at).add(word);
    }
    List<Segment> whole = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      whole.add(with(segments.get(i), placed.get(i)));
    }
    return whole;
  }

  private static boolean isNearer(double time, Segment one, Segment next) {
    return time >= one.end() && time - one.end() >= next.start() - time;
  }

  private static Segment around(List<Word> words) {
    return new Segment(
        words.getFirst().start(),
        words.getLast().end(),
        words.stream().map(Word::text).collect(Collectors.joining(" ")),
        words,
        "",
        "",
        Segment.Scores.UNTOLD,
        List.of(),
        Json.EMPTY_OBJECT);
  }

  private static Segment with(Segment segment, List<Word> words) {
    return new Segment(
        segment.start(),
        segment.end(),
        segment.text(),
        words,
        segment.speaker(),
        segment.language(),
        segment.scores(),
        segment.tokens(),
        segment.extra());
  }
}
