package dev.parley.hub.config;

import java.time.Duration;

/**
 * A second attempt beside the first when that is slow; the first whole answer counts. Only for
 * calls that do not stream.
 *
 * @param after how long the first attempt has the field to itself
 * @param budgetPercent hedged calls among a hundred, at most
 */
public record HedgeConfig(Duration after, int budgetPercent) {

  public static final DurationRange AFTER_RANGE =
      new DurationRange(Duration.ofMillis(1), Duration.ofSeconds(60));
  public static final WholeRange BUDGET_RANGE = new WholeRange(1, 100);
  public static final int BUDGET_PERCENT_DEFAULT = 5;

  public HedgeConfig {
    AFTER_RANGE.require("after", after);
    BUDGET_RANGE.require("budgetPercent", budgetPercent);
  }
}
