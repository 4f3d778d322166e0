package dev.parley.hub.resilience;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait with one priority: callers take turns, and the calls of one caller go in order of
 * arrival. Knows only callers that wait. Not thread-safe; no operation depends on how many wait.
 */
final class CallerTurns {

  /** How often these go, compared with those of other priorities. */
  private final int weight;

  /** How far one call takes them. */
  private final int stride;

  /** How far they have come: of all priorities, the one that lags behind is next. */
  private long pass;

  /** Those who wait, by caller; the caller whose turn is next comes first. */
  private final LinkedHashMap<String, LinkedHashSet<WaitingPlace>> byCaller = new LinkedHashMap<>();

  private final LinkedHashSet<WaitingPlace> byArrival = new LinkedHashSet<>();

  CallerTurns(int weight, int weightMax) {
    this.weight = weight;
    this.stride = weightMax / weight;
  }

  int weight() {
    return weight;
  }

  long pass() {
    return pass;
  }

  /**
   * Adds one; a priority for which nobody waited begins a stride after {@code passOfAll}, so that
   * the less urgent wait before their first turn, too.
   */
  void add(WaitingPlace place, long passOfAll) {
    if (byArrival.isEmpty()) {
      pass = Math.max(pass, passOfAll + stride);
    }
    byCaller.computeIfAbsent(place.caller(), _ -> new LinkedHashSet<>()).add(place);
    byArrival.add(place);
  }

  /** Takes the one whose turn it is, a stride on; null when nobody waits. */
  @Nullable WaitingPlace poll() {
    Map.Entry<String, LinkedHashSet<WaitingPlace>> next = byCaller.pollFirstEntry();
    if (next == null) {
      return null;
    }
    WaitingPlace place = next.getValue().removeFirst();
    if (!next.getValue().isEmpty()) {
      byCaller.putLast(next.getKey(), next.getValue());
    }
    byArrival.remove(place);
    pass += stride;
    return place;
  }

  void remove(WaitingPlace place) {
    LinkedHashSet<WaitingPlace> places = byCaller.get(place.caller());
    if (places != null && places.remove(place) && places.isEmpty()) {
      byCaller.remove(place.caller());
    }
    byArrival.remove(place);
  }

  /** Who came last; somebody must wait. */
  WaitingPlace newest() {
    return byArrival.getLast();
  }

  boolean isEmpty() {
    return byArrival.isEmpty();
  }

  int size() {
    return byArrival.size();
  }

  /** How many would go before a new call of this caller, at most. */
  int before(String caller) {
    LinkedHashSet<WaitingPlace> places = byCaller.get(caller);
    long own = places == null ? 0 : places.size();
    long others = (long) byCaller.size() - (places == null ? 0 : 1);
    return (int) Math.min(byArrival.size(), own + others * (own + 1));
  }
}
