package dev.parley.hub.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The effective limits as lines; what is not limited has none. */
final class QuotasPrinter {

  private final BiConsumer<String, Object> put;

  QuotasPrinter(BiConsumer<String, Object> put) {
    this.put = put;
  }

  void print(QuotasConfig limits) {
    switch (limits.store()) {
      case QuotasConfig.Store.Memory() -> put.accept("limits.store", "memory");
      case QuotasConfig.Store.Database() -> put.accept("limits.store", "database");
      case QuotasConfig.Store.Redis(
              String url,
              Optional<String> user,
              Optional<Secret> password) -> {
        put.accept("limits.store", "redis");
        put.accept("limits.redis.url", url);
        user.ifPresent(it -> put.accept("limits.redis.user", it));
        password.ifPresent(it -> put.accept("limits.redis.password", it));
      }
    }
    put.accept("limits.away_after", DurationText.format(limits.awayAfter()));
    put.accept("limits.when_away", limits.whenAway().name().toLowerCase(Locale.ROOT));
    allowance("limits.hub.", limits.hub());
    allowance("limits.key.", limits.key());
    new TreeMap<>(limits.owners())
        .forEach((name, it) -> allowance("limits.owners." + name + ".", it));
    new TreeMap<>(limits.models())
        .forEach((name, it) -> allowance("limits.models." + name + ".", it));
    put.accept("limits.address", limits.address().map(QuotaConfig::text).orElse("no limit"));
    put.accept("limits.failures", limits.failures().map(QuotaConfig::text).orElse("no limit"));
  }

  private void allowance(String at, AllowanceConfig allowance) {
    for (QuotaUnit unit : QuotaUnit.values()) {
      List<String> quotas =
          allowance.quotas().stream()
              .filter(quota -> quota.unit() == unit)
              .map(QuotaConfig::text)
              .toList();
      if (!quotas.isEmpty()) {
        put.accept(at + unit.wireName(), quotas.stream().collect(Collectors.joining(", ")));
      }
    }
    allowance.streams().ifPresent(most -> put.accept(at + "streams", most));
    allowance.dayBudget().ifPresent(most -> put.accept(at + "budget.day", PriceText.format(most)));
    allowance
        .monthBudget()
        .ifPresent(most -> put.accept(at + "budget.month", PriceText.format(most)));
  }
}
