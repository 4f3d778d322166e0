package dev.parley.hub.speakers;

import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.core.speakers.Verification;
import dev.parley.hub.telemetry.CallRecord;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What belongs to one question about speakers while it is answered.
 *
 * @param asking leads it through its steps
 * @param endNanos when its caller stops waiting
 */
record SpeakerQuestion<T>(
    SpeakerOrder.Asker asker,
    Asking<T> asking,
    CallRecord record,
    ScheduledExecutorService loop,
    long endNanos) {

  /** A backend heard so much more. */
  static void heard(CallRecord record, double seconds) {
    record.audioMillis(Math.max(0, record.audioMillis()) + Math.round(seconds * 1_000));
  }

  /** The turns that a backend answered. */
  static List<SpeakerTurn> turns(SpeakerEvent event) {
    return switch (event) {
      case SpeakerEvent.Turns(var diarization) -> diarization.turns();
      case SpeakerEvent.Opened _, SpeakerEvent.Compared _ ->
          throw new IllegalStateException("asked for turns, answered otherwise");
    };
  }

  /** The comparison that a backend answered. */
  static Verification verification(SpeakerEvent event) {
    return switch (event) {
      case SpeakerEvent.Compared(var verification) -> verification;
      case SpeakerEvent.Opened _, SpeakerEvent.Turns _ ->
          throw new IllegalStateException("asked for a comparison, answered otherwise");
    };
  }
}
