package dev.parley.adapters.speakers;

import dev.parley.core.json.JsonValue;
import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.SpeakerTurn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** Reads {@code {"duration":…,"segments":[{"speaker":…,"start":…,"end":…}]}}. Pure. */
public final class TurnList {

  private TurnList() {}

  /** The turns by their start; those that overlap stay as they are. */
  public static SpeakerEvent read(JsonValue answer) throws SpeakerAnswer.Unreadable {
    JsonValue segments = answer.get("segments");
    if (segments == null || !segments.isArray()) {
      throw new SpeakerAnswer.Unreadable("its answer has no list of segments");
    }
    List<SpeakerTurn> turns = new ArrayList<>();
    for (JsonValue segment : segments.elements()) {
      turns.add(turn(segment));
    }
    turns.sort(
        Comparator.comparingDouble(SpeakerTurn::start).thenComparingDouble(SpeakerTurn::end));
    return new SpeakerEvent.Turns(
        new Diarization(turns, SpeakerAnswer.number(answer.get("duration"))));
  }

  private static SpeakerTurn turn(JsonValue segment) throws SpeakerAnswer.Unreadable {
    if (segment.isObject()) {
      JsonValue speaker = segment.get("speaker");
      OptionalDouble start = SpeakerAnswer.number(segment.get("start"));
      OptionalDouble end = SpeakerAnswer.number(segment.get("end"));
      if (speaker != null && speaker.isString() && start.isPresent() && end.isPresent()) {
        double from = Math.max(0, start.getAsDouble());
        return new SpeakerTurn(
            speaker.asString(), from, Math.max(from, end.getAsDouble()), OptionalDouble.empty());
      }
    }
    throw new SpeakerAnswer.Unreadable("a segment of its answer lacks speaker, start or end");
  }
}
