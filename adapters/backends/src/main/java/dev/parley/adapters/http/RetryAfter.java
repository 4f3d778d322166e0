package dev.parley.adapters.http;

import com.linecorp.armeria.common.ResponseHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a backend asks to be left alone: milliseconds, seconds or an HTTP date; an hour at
 * most. What is none of them was not said.
 */
final class RetryAfter {

  private static final Duration MAX = Duration.ofHours(1);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,64}(\\.\\d{0,9})?");

  private RetryAfter() {}

  static @Nullable Duration of(ResponseHeaders headers) {
    String millis = headers.get("retry-after-ms");
    if (millis == null) {
      millis = headers.get("x-ms-retry-after-ms");
    }
    if (millis != null) {
      Duration delay = number(millis, 1);
      if (delay != null) {
        return delay;
      }
    }
    String seconds = headers.get("retry-after");
    if (seconds == null) {
      return null;
    }
    Duration delay = number(seconds, 1_000);
    return delay != null ? delay : untilDate(seconds, headers.get("date"));
  }

  /** A delay found inside a body; 0 for nobody said. */
  static Duration ofSeconds(int seconds) {
    return clip(Duration.ofSeconds(seconds));
  }

  /** Digits and perhaps a fraction: what else Java reads as a number is no delay. */
  private static @Nullable Duration number(String text, int unitMillis) {
    String number = text.strip();
    if (!NUMBER.matcher(number).matches()) {
      return null;
    }
    double millis = Double.parseDouble(number) * unitMillis;
    return clip(Duration.ofMillis((long) Math.min(millis, (double) MAX.toMillis())));
  }

  /** Measured against the answer's own date, so that no clock has to agree with the backend's. */
  private static @Nullable Duration untilDate(String text, @Nullable String dateHeader) {
    if (dateHeader == null) {
      return null;
    }
    try {
      return clip(Duration.between(date(dateHeader), date(text)));
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static Instant date(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  private static Duration clip(Duration delay) {
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(MAX) > 0 ? MAX : delay;
  }
}
