package dev.parley.hub.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What keeps calls on the same target as long as it is well. */
public enum Stickiness {
  NONE,
  /** Calls with the same {@code x-parley-session}. */
  SESSION,
  /** Calls that speak with the same voice. */
  VOICE;

  /** As the configuration spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Stickiness> byName(String name) {
    return Arrays.stream(values()).filter(s -> s.wireName().equals(name)).findFirst();
  }

  static List<String> wireNames() {
    return Arrays.stream(values()).map(Stickiness::wireName).toList();
  }
}
