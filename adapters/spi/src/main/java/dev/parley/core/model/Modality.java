package dev.parley.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of content that a model takes or gives. */
public enum Modality {
  TEXT,
  AUDIO,
  IMAGE,
  VIDEO,
  FILE;

  private static final List<String> WIRE_NAMES =
      Arrays.stream(values()).map(Modality::wireName).toList();

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Lower case, such as {@code audio}. */
  public String wireName() {
    return wireName;
  }

  /** Finds a modality by its wire name; case does not matter. */
  public static Optional<Modality> byName(String name) {
    return Arrays.stream(values())
        .filter(modality -> modality.wireName.equalsIgnoreCase(name))
        .findFirst();
  }

  /** All wire names, in declaration order. */
  public static List<String> wireNames() {
    return WIRE_NAMES;
  }
}
