package dev.parley.hub.config;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Prices as people write them, {@code 0.15}, and exactly, in millionths. */
public final class PriceText {

  public static final String ALLOWED =
      "a price such as 0.15, within 0..1000000000, at most 6 digits after the point";

  private static final int DIGITS = 6;
  private static final Pattern FORM = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,6})?");

  private PriceText() {}

  /** In millionths; empty for what is no price or out of range. */
  public static OptionalLong parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    // Ten digits before the point and six behind it fit a long.
    long millionths = new BigDecimal(text).movePointRight(DIGITS).longValueExact();
    return PriceConfig.RANGE.contains(millionths)
        ? OptionalLong.of(millionths)
        : OptionalLong.empty();
  }

  public static String format(long millionths) {
    return BigDecimal.valueOf(millionths, DIGITS).stripTrailingZeros().toPlainString();
  }
}
