package dev.parley.hub.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads an allowance: {@code requests: 600/1m}, or several in a list; {@code streams: 4}; {@code
 * budget: {day: 5, month: 100}}.
 */
final class AllowanceReader {

  /** Of what is used by calls, not by requests. */
  static final List<String> KEYS_OF_CALLS = Keys.joined(QuotaUnit.wireNames(), List.of("budget"));

  static final List<String> KEYS = Keys.joined(QuotaUnit.wireNames(), List.of("streams", "budget"));

  private static final List<String> BUDGET_KEYS = List.of("day", "month");

  private AllowanceReader() {}

  /** The allowance under a key of this map; none is unlimited. */
  static AllowanceConfig read(YamlMap map, String key) {
    return map.map(key, KEYS).map(AllowanceReader::of).orElse(AllowanceConfig.UNLIMITED);
  }

  /** The allowance whose keys this map has itself, besides others. */
  static AllowanceConfig of(YamlMap map) {
    List<QuotaConfig> quotas = new ArrayList<>();
    for (QuotaUnit unit : QuotaUnit.values()) {
      for (Text text : map.textsOrOne(unit.wireName())) {
        text.matching(said -> quota(unit, said).isPresent(), QuotaConfig.ALLOWED)
            .flatMap(said -> quota(unit, said))
            .ifPresent(quotas::add);
      }
    }
    if (quotas.size() > AllowanceConfig.QUOTAS_MAX) {
      map.problem(quotas.size() + " quotas", "at most " + AllowanceConfig.QUOTAS_MAX);
      return AllowanceConfig.UNLIMITED;
    }
    Optional<YamlMap> budget = map.map("budget", BUDGET_KEYS);
    return new AllowanceConfig(
        quotas,
        map.whole("streams", AllowanceConfig.STREAMS_RANGE),
        budget.map(it -> it.price("day")).orElse(OptionalLong.empty()),
        budget.map(it -> it.price("month")).orElse(OptionalLong.empty()));
  }

  /** What a text such as {@code 600/1m} says; empty when it is none. */
  static Optional<QuotaConfig> quota(QuotaUnit unit, String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash > 13 || !text.substring(0, slash).matches("[0-9]+")) {
      return Optional.empty();
    }
    long amount = Long.parseLong(text.substring(0, slash));
    Optional<Duration> period = DurationText.parse(text.substring(slash + 1));
    return period
        .filter(QuotaConfig.PERIOD_RANGE::contains)
        .filter(it -> QuotaConfig.isAmount(amount, it))
        .map(it -> new QuotaConfig(unit, amount, it));
  }
}
