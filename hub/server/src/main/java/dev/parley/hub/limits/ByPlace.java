package dev.parley.hub.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls by the places that they hold. */
final class ByPlace {

  private ByPlace() {}

  /** The leases at each place, by its id, in the order of the ids. */
  static Map<String, List<String>> of(List<RunningLeases.Running> running) {
    Map<String, List<String>> leases = new TreeMap<>();
    for (RunningLeases.Running call : running) {
      for (Place place : call.places()) {
        leases.computeIfAbsent(place.id(), _ -> new ArrayList<>()).add(call.lease());
      }
    }
    return leases;
  }
}
