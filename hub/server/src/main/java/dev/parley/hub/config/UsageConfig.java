package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import java.time.Duration;

/**
 * What is noted of each call.
 *
 * @param flush how long a row may wait in memory; what a crash may cost
 * @param keep for how long rows stay
 * @param currency the code of the currency of all prices and budgets
 */
public record UsageConfig(Duration flush, Duration keep, String currency) {

  public static final DurationRange FLUSH_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofSeconds(10));
  public static final DurationRange KEEP_RANGE =
      new DurationRange(Duration.ofDays(1), Duration.ofDays(3_660));

  public static final UsageConfig DEFAULT =
      new UsageConfig(Duration.ofMillis(250), Duration.ofDays(400), "USD");

  /** As ISO 4217 writes them. */
  static boolean isCurrency(String code) {
    return code.matches("[A-Z]{3}");
  }

  public UsageConfig {
    FLUSH_RANGE.require("flush", flush);
    KEEP_RANGE.require("keep", keep);
    if (!isCurrency(currency)) {
      throw new IllegalArgumentException("not a currency: " + Shown.quoted(currency));
    }
  }
}
