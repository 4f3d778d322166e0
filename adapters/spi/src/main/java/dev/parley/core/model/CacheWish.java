package dev.parley.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller wants of answers that were given before. */
public enum CacheWish {
  /** They are welcome. */
  USE,
  /** A new one, which is kept in the place of the old. */
  REFRESH,
  /** A new one, which is not kept. */
  BYPASS;

  /** Lower case, such as {@code bypass}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<CacheWish> byName(String name) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(name)).findFirst();
  }

  public static List<String> wireNames() {
    return Arrays.stream(values()).map(CacheWish::wireName).toList();
  }
}
