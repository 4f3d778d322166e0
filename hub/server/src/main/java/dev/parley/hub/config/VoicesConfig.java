package dev.parley.hub.config;

import java.util.Locale;
import java.util.Optional;

/**
 * The voice library.
 *
 * @param database where it notes what it has; empty: a file in the data folder
 * @param referencesBytesMax largest recording, in bytes
 * @param secondsMax longest recording, in seconds
 */
public record VoicesConfig(Optional<Database> database, long referencesBytesMax, int secondsMax) {

  /**
   * A database on a server.
   *
   * @param url {@code jdbc:postgresql://…}, without user and password
   * @param user empty: as the driver finds it
   * @param password empty: none
   */
  public record Database(String url, Optional<String> user, Optional<Secret> password) {

    public Database {
      if (!isUrl(url)) {
        throw new IllegalArgumentException("not usable as the URL of a database");
      }
    }

    /** Whether it can be one; those that hold a password cannot, as URLs are shown. */
    static boolean isUrl(String url) {
      String lower = url.toLowerCase(Locale.ROOT);
      return url.startsWith(URL_PREFIX)
          && url.length() > URL_PREFIX.length()
          && url.chars().noneMatch(c -> c <= ' ' || c == 0x7f)
          && !url.contains("@")
          && !lower.contains("password=");
    }
  }

  static final String URL_PREFIX = "jdbc:postgresql://";

  public static final WholeRange BYTES_RANGE = new WholeRange(1 << 10, 1L << 30);
  public static final WholeRange SECONDS_RANGE = new WholeRange(1, 600);

  public static final VoicesConfig DEFAULT = new VoicesConfig(Optional.empty(), 50 << 20, 60);

  public VoicesConfig {
    BYTES_RANGE.require("referencesBytesMax", referencesBytesMax);
    SECONDS_RANGE.require("secondsMax", secondsMax);
  }
}
