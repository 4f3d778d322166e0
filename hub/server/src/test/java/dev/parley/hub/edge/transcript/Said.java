package dev.parley.hub.edge.transcript;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Short forms of transcripts. */
final class Said {

  private Said() {}

  static Segment segment(double start, double end, String text, Word... words) {
    return by("", start, end, text, words);
  }

  static Segment by(String speaker, double start, double end, String text, Word... words) {
    return new Segment(
        start,
        end,
        text,
        Arrays.asList(words),
        speaker,
        "",
        Segment.Scores.UNTOLD,
        List.of(),
        Json.EMPTY_OBJECT);
  }

  static Word word(String text, double start, double end) {
    return new Word(text, start, end, OptionalDouble.empty(), "");
  }

  static RecognizedEvent.Written written(Segment... segments) {
    return written(RecognitionUsage.UNKNOWN, segments);
  }

  static RecognizedEvent.Written written(RecognitionUsage usage, Segment... segments) {
    List<RecognizedEvent.Stretch> stretches = new ArrayList<>();
    for (Segment segment : segments) {
      stretches.add(new RecognizedEvent.Stretch(stretches.size(), 0, segment));
    }
    double seconds = Arrays.stream(segments).mapToDouble(Segment::end).max().orElse(0);
    return new RecognizedEvent.Written(
        new Transcript(
            Arrays.stream(segments).map(Segment::text).collect(Collectors.joining(" ")),
            "de",
            OptionalDouble.empty(),
            List.of(),
            OptionalDouble.of(seconds),
            List.of(segments),
            List.of(),
            usage,
            Json.EMPTY_OBJECT),
        stretches);
  }
}
