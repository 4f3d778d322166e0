package dev.parley.hub.edge.transcript;

import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The cues of a whole transcript: by their start, one at a time, 1..7 s each where what is said
 * leaves room for it.
 */
final class Cues {

  private static final long MS_MIN = 1_000;
  private static final long MS_MAX = 7_000;

  private Cues() {}

  /**
   * @param prefixWidth columns that a speaker's name takes of the first line
   */
  static List<Cue> of(RecognizedEvent.Written written, ToIntFunction<String> prefixWidth) {
    List<Cue> cues = new ArrayList<>();
    for (Segment segment : segments(written)) {
      cues.addAll(CueCutter.cut(segment, prefixWidth.applyAsInt(segment.speaker())));
    }
    cues.sort(Comparator.comparingLong(Cue::startMs));
    double seconds = written.transcript().seconds().orElse(Double.MAX_VALUE);
    return oneAtATime(cues, Math.round(Math.min(seconds, 1e9) * 1_000));
  }

  private static List<Segment> segments(RecognizedEvent.Written written) {
    Transcript transcript = written.transcript();
    if (!written.stretches().isEmpty() || transcript.text().isBlank()) {
      return written.stretches().stream().map(RecognizedEvent.Stretch::segment).toList();
    }
    return List.of(
        new Segment(
            0,
            transcript.seconds().orElse(0),
            transcript.text(),
            List.of(),
            "",
            "",
            Segment.Scores.UNTOLD,
            List.of(),
            transcript.extra()));
  }

  /** A cue gives way to the next, unless too little would be left of it: then the next waits. */
  private static List<Cue> oneAtATime(List<Cue> cues, long lengthMs) {
    List<Cue> settled = new ArrayList<>(cues.size());
    long free = 0;
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      long start = Math.max(free, cue.startMs());
      long next = i + 1 < cues.size() ? cues.get(i + 1).startMs() : Long.MAX_VALUE;
      long spoken = Math.clamp(cue.endMs() - start, 1, MS_MAX);
      long least = Math.min(spoken, MS_MIN);
      long end = Math.max(start + least, Math.min(start + spoken, next));
      long longer = Math.min(start + MS_MIN, Math.min(next, lengthMs));
      free = Math.max(end, longer);
      settled.add(cue.at(start, free));
    }
    return settled;
  }
}
