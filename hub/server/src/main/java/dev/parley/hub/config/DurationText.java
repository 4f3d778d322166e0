package dev.parley.hub.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 900ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 7d}.
 */
public final class DurationText {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,12}(?=ms|s|m|h)|[0-9]{1,9})(ms|s|m|h|d)");

  private DurationText() {}

  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    // Twelve digits of hours are 3.6e18 ms, which still fits a long.
    return Optional.of(
        Duration.ofMillis(Long.parseLong(matcher.group(1)) * millisIn(matcher.group(2))));
  }

  /** In the largest unit of which it is a whole number, at least two: 60s and 90s, then 2m. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : new String[] {"h", "m"}) {
      if (millis >= 2 * millisIn(unit) && millis % millisIn(unit) == 0) {
        return millis / millisIn(unit) + unit;
      }
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static long millisIn(String unit) {
    return switch (unit) {
      case "d" -> 86_400_000L;
      case "h" -> 3_600_000L;
      case "m" -> 60_000L;
      case "s" -> 1_000L;
      default -> 1L;
    };
  }
}
