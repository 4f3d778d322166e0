package dev.parley.hub.access;

import dev.parley.hub.config.KeyConfig;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A key as it is listed, without anything to call with.
 *
 * @param config what it stands for
 * @param source where it is kept
 * @param created empty: not known
 * @param revoked when it was withdrawn; empty: it was not
 * @param overlapEnd until when the secret before the newest is good; empty: there is none
 * @param etag changes with every change; empty where it is not in the database
 */
public record KnownKey(
    KeyConfig config,
    Source source,
    Optional<Instant> created,
    Optional<Instant> revoked,
    Optional<Instant> overlapEnd,
    String etag) {

  /** Where a key is kept. */
  public enum Source {
    DATABASE,
    CONFIGURATION,
    ENVIRONMENT;

    /** Lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public String name() {
    return config.name();
  }
}
