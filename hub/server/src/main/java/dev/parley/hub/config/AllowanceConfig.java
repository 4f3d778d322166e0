package dev.parley.hub.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much somebody or something may use; what is not said is not limited.
 *
 * @param quotas several of one unit hold all together
 * @param streams calls at the same time
 * @param dayBudget millionths of the currency within a day, UTC
 * @param monthBudget millionths of the currency within a month, UTC
 */
public record AllowanceConfig(
    List<QuotaConfig> quotas,
    OptionalInt streams,
    OptionalLong dayBudget,
    OptionalLong monthBudget) {

  public static final int QUOTAS_MAX = 16;
  public static final WholeRange STREAMS_RANGE = new WholeRange(1, 100_000);

  /** No limits. */
  public static final AllowanceConfig UNLIMITED =
      new AllowanceConfig(
          List.of(), OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty());

  public AllowanceConfig {
    quotas = List.copyOf(quotas);
    if (quotas.size() > QUOTAS_MAX) {
      throw new IllegalArgumentException("more than " + QUOTAS_MAX + " quotas");
    }
    streams.ifPresent(most -> STREAMS_RANGE.require("streams", most));
    dayBudget.ifPresent(most -> PriceConfig.RANGE.require("dayBudget", most));
    monthBudget.ifPresent(most -> PriceConfig.RANGE.require("monthBudget", most));
  }

  public boolean isUnlimited() {
    return quotas.isEmpty() && streams.isEmpty() && dayBudget.isEmpty() && monthBudget.isEmpty();
  }
}
