package dev.parley.hub.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is counted of a caller's use. */
public enum QuotaUnit {
  /** Requests that were let in. */
  REQUESTS,
  /** Tokens of input and output together. */
  TOKENS,
  /** Seconds of sound, heard or spoken. */
  AUDIO_SECONDS,
  /** Characters of text to speak. */
  CHARACTERS;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Lower case, such as {@code audio_seconds}. */
  public String wireName() {
    return wireName;
  }

  public static Optional<QuotaUnit> byName(String name) {
    return Arrays.stream(values()).filter(unit -> unit.wireName.equals(name)).findFirst();
  }

  public static List<String> wireNames() {
    return Arrays.stream(values()).map(QuotaUnit::wireName).toList();
  }
}
