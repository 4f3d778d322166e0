package dev.parley.hub.usage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** By what sums are made, and by what rows are chosen. */
public enum UsageGroup {
  KEY("key_name"),
  OWNER("owner"),
  /** The name that callers used. */
  MODEL("model"),
  BACKEND("backend"),
  KIND("kind"),
  /** Days of UTC, written {@code 2026-11-30}. */
  DAY("day"),
  OUTCOME("outcome");

  private final String column;

  UsageGroup(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  /** As operators write it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<UsageGroup> byName(String name) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(name)).findFirst();
  }

  public static List<String> wireNames() {
    return Arrays.stream(values()).map(UsageGroup::wireName).toList();
  }
}
