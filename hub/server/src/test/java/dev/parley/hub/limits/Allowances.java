package dev.parley.hub.limits;

import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.QuotaConfig;
import dev.parley.hub.config.QuotaUnit;
import dev.parley.hub.config.QuotasConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Allowances, said shortly. */
final class Allowances {

  private Allowances() {}

  static QuotaConfig requests(long amount, Duration period) {
    return new QuotaConfig(QuotaUnit.REQUESTS, amount, period);
  }

  static QuotaConfig tokens(long amount, Duration period) {
    return new QuotaConfig(QuotaUnit.TOKENS, amount, period);
  }

  static AllowanceConfig of(QuotaConfig... quotas) {
    return new AllowanceConfig(
        List.of(quotas), OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  static AllowanceConfig of(QuotaUnit unit, long amount, Duration period) {
    return of(new QuotaConfig(unit, amount, period));
  }

  static AllowanceConfig streams(int most) {
    return new AllowanceConfig(
        List.of(), OptionalInt.of(most), OptionalLong.empty(), OptionalLong.empty());
  }

  static AllowanceConfig day(long micros) {
    return new AllowanceConfig(
        List.of(), OptionalInt.empty(), OptionalLong.of(micros), OptionalLong.empty());
  }

  static AllowanceConfig month(long micros) {
    return new AllowanceConfig(
        List.of(), OptionalInt.empty(), OptionalLong.empty(), OptionalLong.of(micros));
  }

  /** Both at once. */
  static AllowanceConfig both(AllowanceConfig one, AllowanceConfig other) {
    List<QuotaConfig> quotas = new ArrayList<>(one.quotas());
    quotas.addAll(other.quotas());
    return new AllowanceConfig(
        quotas,
        one.streams().isPresent() ? one.streams() : other.streams(),
        one.dayBudget().isPresent() ? one.dayBudget() : other.dayBudget(),
        one.monthBudget().isPresent() ? one.monthBudget() : other.monthBudget());
  }

  /** What limits are of. */
  static final class Of {

    private AllowanceConfig hub = AllowanceConfig.UNLIMITED;
    private AllowanceConfig key = AllowanceConfig.UNLIMITED;
    private Map<String, AllowanceConfig> owners = Map.of();
    private Map<String, AllowanceConfig> models = Map.of();

    Of hub(AllowanceConfig allowance) {
      hub = allowance;
      return this;
    }

    Of key(AllowanceConfig allowance) {
      key = allowance;
      return this;
    }

    Of owner(String name, AllowanceConfig allowance) {
      owners = Map.of(name, allowance);
      return this;
    }

    Of model(String name, AllowanceConfig allowance) {
      models = Map.of(name, allowance);
      return this;
    }

    /** Where a server may take its time, unless it is to be found away. */
    QuotasConfig in(QuotasConfig.Store store, QuotasConfig.WhenAway whenAway) {
      return in(store, Duration.ofSeconds(10), whenAway);
    }

    QuotasConfig in(QuotasConfig.Store store, Duration awayAfter, QuotasConfig.WhenAway whenAway) {
      return new QuotasConfig(
          store, awayAfter, whenAway, hub, key, owners, models, Optional.empty(), Optional.empty());
    }
  }
}
