package dev.parley.hub.speakers;

import dev.parley.core.speakers.SpeakerTurn;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The turns of a recording, to be asked who speaks at a time. Immutable. */
final class TurnLine {

  private final List<SpeakerTurn> turns;

  /** For each turn, which one of those up to it ends last. */
  private final int[] endsLast;

  TurnLine(List<SpeakerTurn> turns) {
    this.turns = turns.stream().sorted(Comparator.comparingDouble(SpeakerTurn::start)).toList();
    this.endsLast = new int[turns.size()];
    for (int i = 1; i < endsLast.length; i++) {
      int before = endsLast[i - 1];
      endsLast[i] = this.turns.get(i).end() > this.turns.get(before).end() ? i : before;
    }
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  /** Seconds that each speaker has of a stretch, by their first turn in it; only who has some. */
  Map<String, Double> shares(double start, double end) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int i = firstEndingAfter(start); i < turns.size() && turns.get(i).start() < end; i++) {
      SpeakerTurn turn = turns.get(i);
      double share = Math.min(end, turn.end()) - Math.max(start, turn.start());
      if (share > 0) {
        shares.merge(turn.speaker(), share, Double::sum);
      }
    }
    return shares;
  }

  /** Whose turn is nearest to a stretch in which nobody has one, if it is not too far away. */
  Optional<String> nearest(double start, double end, double secondsMax) {
    int after = firstStartingFrom(start);
    double ahead = after < turns.size() ? turns.get(after).start() - end : Double.MAX_VALUE;
    double behind = after > 0 ? start - turns.get(endsLast[after - 1]).end() : Double.MAX_VALUE;
    if (Math.min(ahead, behind) > secondsMax) {
      return Optional.empty();
    }
    int found = behind <= ahead ? endsLast[after - 1] : after;
    return Optional.of(turns.get(found).speaker());
  }

  private int firstEndingAfter(double moment) {
    int low = 0;
    int high = turns.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (turns.get(endsLast[middle]).end() > moment) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int firstStartingFrom(double moment) {
    int low = 0;
    int high = turns.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (turns.get(middle).start() >= moment) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
