package dev.parley.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who waits for whom where a backend is busy; the first goes first. */
public enum Priority {
  /** Somebody listens or watches. */
  INTERACTIVE,
  /** What nobody said anything about. */
  STANDARD,
  /** Work that may take its time. */
  BATCH;

  private static final List<String> WIRE_NAMES =
      Arrays.stream(values()).map(Priority::wireName).toList();

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Lower case, such as {@code batch}. */
  public String wireName() {
    return wireName;
  }

  /** Finds a priority by its wire name; case does not matter. */
  public static Optional<Priority> byName(String name) {
    return Arrays.stream(values())
        .filter(priority -> priority.wireName.equalsIgnoreCase(name))
        .findFirst();
  }

  /** All wire names, in declaration order. */
  public static List<String> wireNames() {
    return WIRE_NAMES;
  }
}
