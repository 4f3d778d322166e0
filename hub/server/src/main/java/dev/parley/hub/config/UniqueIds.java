package dev.parley.hub.config;

import java.util.HashMap;
import java.util.Map;

/** The ids given so far in one list, with their lines. */
final class UniqueIds {

  private final Reading reading;
  private final Map<String, Integer> lines = new HashMap<>();

  UniqueIds(Reading reading) {
    this.reading = reading;
  }

  /** Whether the id is new; when it is not, that is reported. */
  boolean add(Text id) {
    Integer first = lines.putIfAbsent(id.value(), id.line());
    if (first != null) {
      String allowed = "an id given once; the first is on line " + first;
      reading.problem(id.line(), id.path(), id.shown(), allowed);
    }
    return first == null;
  }
}
