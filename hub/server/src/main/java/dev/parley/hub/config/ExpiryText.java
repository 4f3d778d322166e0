package dev.parley.hub.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Moments at which something ends, as people write them. */
public final class ExpiryText {

  public static final String ALLOWED =
      "a day such as 2027-01-31, from whose beginning in UTC on it is none any more, or a moment"
          + " such as 2027-01-31T18:00:00Z";

  private ExpiryText() {}

  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
