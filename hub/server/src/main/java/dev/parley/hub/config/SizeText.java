package dev.parley.hub.config;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 32MiB}, {@code 64KiB}, {@code 1GiB}, or plain bytes. */
public final class SizeText {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)|([0-9]{1,18})B?");
  private static final String[] UNITS = {"GiB", "MiB", "KiB"};

  private SizeText() {}

  public static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Optional.ofNullable(matcher.group(3))
            .map(Long::parseLong)
            .orElseGet(() -> Long.parseLong(matcher.group(1)) << shift(matcher.group(2))));
  }

  public static String format(long bytes) {
    for (String unit : UNITS) {
      long one = 1L << shift(unit);
      if (bytes >= one && bytes % one == 0) {
        return bytes / one + unit;
      }
    }
    return Long.toString(bytes);
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "GiB" -> 30;
      case "MiB" -> 20;
      default -> 10;
    };
  }
}
