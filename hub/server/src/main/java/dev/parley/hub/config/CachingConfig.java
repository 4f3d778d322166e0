package dev.parley.hub.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * That answers by a name are kept for those who ask the same again.
 *
 * @param age for how long an answer counts
 * @param shared whose answers a caller may get
 */
public record CachingConfig(Duration age, Shared shared) {

  /** Whose answers a caller may get. */
  public enum Shared {
    /** Those of the same key. */
    KEY,
    /** Those of all keys of its owner. */
    OWNER,
    /** Everybody's. */
    EVERYONE;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Shared> byName(String name) {
      return Arrays.stream(values()).filter(it -> it.wireName().equals(name)).findFirst();
    }

    static List<String> wireNames() {
      return Arrays.stream(values()).map(Shared::wireName).toList();
    }
  }

  public static final DurationRange AGE_RANGE =
      new DurationRange(Duration.ofSeconds(1), Duration.ofDays(30));

  public CachingConfig {
    AGE_RANGE.require("age", age);
  }
}
