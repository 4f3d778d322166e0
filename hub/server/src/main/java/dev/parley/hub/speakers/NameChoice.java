package dev.parley.hub.speakers;

import dev.parley.core.speakers.SpeakerTurn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which label is whose, by comparing recordings. Pure. */
final class NameChoice {

  /** Comparisons that one call may cost. */
  static final int COMPARISONS_MAX = 64;

  private static final double SECONDS_MIN = 2;
  private static final double SECONDS_MAX = 10;

  private NameChoice() {}

  /**
   * A stretch that shows a label's voice.
   *
   * @param start in seconds
   * @param end in seconds, 2..10 s later
   */
  record Sample(String label, double start, double end) {}

  /** How alike a label's voice is to that of a known speaker; only what reaches the threshold. */
  record Likeness(String label, String name, double similarity) {}

  /**
   * The middle of the longest turn of each label, who speaks most first. Labels without a turn of
   * two seconds cannot be compared, and no more are than the bound allows.
   */
  static List<Sample> samples(List<SpeakerTurn> turns, int known) {
    Map<String, SpeakerTurn> longest = new LinkedHashMap<>();
    Map<String, Double> spoken = new HashMap<>();
    for (SpeakerTurn turn : turns) {
      longest.merge(
          turn.speaker(), turn, (one, other) -> length(other) > length(one) ? other : one);
      spoken.merge(turn.speaker(), length(turn), Double::sum);
    }
    return longest.values().stream()
        .filter(turn -> length(turn) >= SECONDS_MIN)
        .sorted(Comparator.comparingDouble(turn -> -spoken.getOrDefault(turn.speaker(), 0.0)))
        .limit(COMPARISONS_MAX / Math.max(1, known))
        .map(NameChoice::middle)
        .toList();
  }

  private static double length(SpeakerTurn turn) {
    return turn.end() - turn.start();
  }

  private static Sample middle(SpeakerTurn turn) {
    double spare = Math.max(0, length(turn) - SECONDS_MAX) / 2;
    return new Sample(turn.speaker(), turn.start() + spare, turn.end() - spare);
  }

  /** The most alike first; no label and no name counts twice. */
  static Map<String, String> names(List<Likeness> likenesses) {
    List<Likeness> sorted = new ArrayList<>(likenesses);
    sorted.sort(Comparator.comparingDouble(Likeness::similarity).reversed());
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Likeness likeness : sorted) {
      if (!names.containsKey(likeness.label()) && taken.add(likeness.name())) {
        names.put(likeness.label(), likeness.name());
      }
    }
    return names;
  }

  /** The same turns with those names. */
  static List<SpeakerTurn> named(List<SpeakerTurn> turns, Map<String, String> names) {
    return turns.stream()
        .map(turn ->
            new SpeakerTurn(
                names.getOrDefault(turn.speaker(), turn.speaker()),
                turn.start(),
                turn.end(),
                turn.probability()))
        .toList();
  }
}
