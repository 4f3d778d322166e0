package dev.parley.hub.config;

import java.util.Locale;
import java.util.Optional;

/**
 * A database on a server, in which several hubs keep together what one hub keeps in files.
 *
 * @param url {@code jdbc:postgresql://…}, without user and password
 * @param user empty: as the driver finds it
 * @param password empty: none
 */
public record DatabaseConfig(String url, Optional<String> user, Optional<Secret> password) {

  static final String URL_PREFIX = "jdbc:postgresql://";

  public DatabaseConfig {
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
