package dev.parley.hub.speech;

import dev.parley.core.speech.Recording;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import java.util.Comparator;
import java.util.List;

/** Chooses the recordings of a voice that a model can make use of. */
final class RecordingChoice {

  /** About what models were trained on; beyond it more sound says little more of a voice. */
  private static final double USUAL_SECONDS = 12;

  private RecordingChoice() {}

  /** The best that fit, best first; empty when none does. */
  static List<Recording> of(List<Recording> recordings, RecordingLimits limits) {
    return recordings.stream()
        .filter(recording -> fits(recording, limits))
        .sorted(
            Comparator.comparing((Recording recording) -> recording.transcript().isEmpty())
                .thenComparingDouble(recording -> Math.abs(recording.seconds() - USUAL_SECONDS)))
        .limit(limits.countMax())
        .toList();
  }

  private static boolean fits(Recording recording, RecordingLimits limits) {
    return recording.seconds() >= limits.secondsMin()
        && recording.seconds() <= limits.secondsMax()
        && !(limits.transcript() && recording.transcript().isEmpty());
  }

  /** Why none of them fits, as a clause. */
  static String missing(List<Recording> recordings, RecordingLimits limits) {
    double longest = recordings.stream().mapToDouble(Recording::seconds).max().orElse(0);
    double shortest = recordings.stream().mapToDouble(Recording::seconds).min().orElse(0);
    boolean lengthFits =
        recordings.stream()
            .anyMatch(
                r -> r.seconds() >= limits.secondsMin() && r.seconds() <= limits.secondsMax());
    if (lengthFits) {
      return "it needs the transcript of the recording";
    }
    return longest < limits.secondsMin()
        ? "it needs a recording of "
            + seconds(limits.secondsMin())
            + ", the longest has "
            + seconds(longest)
        : "it takes recordings of up to "
            + seconds(limits.secondsMax())
            + ", the shortest has "
            + seconds(shortest);
  }

  private static String seconds(double value) {
    return Math.round(value * 10) / 10.0 + " s";
  }
}
