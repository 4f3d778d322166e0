package dev.parley.hub.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which order the targets of a name are tried. */
public enum Strategy {
  /** As they stand in the file. */
  PRIORITY,
  /** By lot, in proportion to their weights. */
  WEIGHTED,
  /** The one with the smallest share of its places taken first. */
  LEAST_BUSY,
  /** The one whose first byte came soonest of late first. */
  LEAST_LATENCY,
  /** The one that is expected to cost least first. */
  CHEAPEST;

  /** As the configuration spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Strategy> byName(String name) {
    return Arrays.stream(values()).filter(s -> s.wireName().equals(name)).findFirst();
  }

  static List<String> wireNames() {
    return Arrays.stream(values()).map(Strategy::wireName).toList();
  }
}
