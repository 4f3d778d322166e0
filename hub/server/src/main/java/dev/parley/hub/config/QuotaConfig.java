package dev.parley.hub.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How much of something within how long; written as {@code 600/1m}.
 *
 * @param amount in the unit's own
 * @param period the window; what was used comes back evenly over it
 */
public record QuotaConfig(QuotaUnit unit, long amount, Duration period) {

  public static final WholeRange AMOUNT_RANGE = new WholeRange(1, 1_000_000_000_000L);
  public static final DurationRange PERIOD_RANGE =
      new DurationRange(Duration.ofSeconds(1), Duration.ofDays(31));

  /** No bucket fills faster. */
  public static final long PER_SECOND_MAX = 1_000_000;

  /** How one is written, for people who wrote it otherwise. */
  public static final String ALLOWED =
      "an amount and a period such as 600/1m, the amount within "
          + AMOUNT_RANGE
          + ", the period within "
          + PERIOD_RANGE
          + ", at most "
          + PER_SECOND_MAX
          + " a second";

  public QuotaConfig {
    AMOUNT_RANGE.require("amount", amount);
    PERIOD_RANGE.require("period", period);
    if (!isAmount(amount, period)) {
      throw new IllegalArgumentException("more than " + PER_SECOND_MAX + " a second");
    }
  }

  static boolean isAmount(long amount, Duration period) {
    return AMOUNT_RANGE.contains(amount) && amount <= PER_SECOND_MAX * period.toSeconds();
  }

  /** What a text such as {@code 600/1m} says; empty when it is none. */
  public static Optional<QuotaConfig> parse(QuotaUnit unit, String text) {
    return AllowanceReader.quota(unit, text);
  }

  /** Such as {@code 600/1m}. */
  public String text() {
    return amount + "/" + DurationText.format(period);
  }
}
