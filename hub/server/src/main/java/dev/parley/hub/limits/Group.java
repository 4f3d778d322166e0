package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.QuotaConfig;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The buckets of one key, owner or model, or of the whole hub. Thread-safe. */
final class Group {

  private static final Counted[] QUOTAS = {
    Counted.REQUESTS, Counted.TOKENS, Counted.AUDIO_SECONDS, Counted.CHARACTERS
  };

  /** A budget's bucket holds for its period only. */
  private record Current(long epochDay, long round, Meter meter) {

    boolean isOf(long day, long now) {
      return epochDay == day && round == now;
    }
  }

  private final AllowanceConfig allowance;
  private final Whose whose;
  private final String name;
  private final Store store;
  private final Clock clock;
  private final @Nullable Meter[] quotas = new @Nullable Meter[QUOTAS.length];
  private final @Nullable Place place;
  private volatile @Nullable Current day;
  private volatile @Nullable Current month;
  private volatile boolean used = true;
  private volatile long lastUsedNanos;

  Group(AllowanceConfig allowance, Whose whose, String name, Store store, Clock clock) {
    this.allowance = allowance;
    this.whose = whose;
    this.name = name;
    this.store = store;
    this.clock = clock;
    this.lastUsedNanos = clock.nanoTime();
    this.place =
        allowance.streams().isPresent()
            ? Place.of(whose, name, allowance.streams().getAsInt())
            : null;
    for (int i = 0; i < QUOTAS.length; i++) {
      Counted counted = QUOTAS[i];
      List<QuotaConfig> windows =
          allowance.quotas().stream().filter(it -> Counted.of(it.unit()) == counted).toList();
      if (!windows.isEmpty()) {
        quotas[i] = store.meter(MeterSpec.quota(whose, name, counted, windows));
      }
    }
  }

  AllowanceConfig allowance() {
    return allowance;
  }

  /** Notes that it is used; the time is noted when somebody asks, as clocks are slow. */
  void touch() {
    if (!used) {
      used = true;
    }
  }

  /** Whether it has not been used for so long that its buckets are whole. */
  boolean isStale(long nowNanos) {
    if (used) {
      used = false;
      lastUsedNanos = nowNanos;
    }
    return nowNanos - lastUsedNanos > window().toNanos();
  }

  private Duration window() {
    if (allowance.dayBudget().isPresent() || allowance.monthBudget().isPresent()) {
      return MeterSpec.BUDGET_WINDOW;
    }
    return allowance.quotas().stream()
        .map(QuotaConfig::period)
        .max(Duration::compareTo)
        .orElse(Duration.ofMinutes(1));
  }

  @Nullable Meter requests() {
    return quotas[0];
  }

  @Nullable Meter tokens() {
    return quotas[1];
  }

  @Nullable Place place() {
    return place;
  }

  /** Adds what a call of this demand takes, all but its request. */
  void claim(Demand demand, Claims claims) {
    for (int i = 1; i < QUOTAS.length; i++) {
      claims.add(quotas[i], QUOTAS[i].estimate(demand));
    }
    if (allowance.dayBudget().isPresent() || allowance.monthBudget().isPresent()) {
      long today = Math.floorDiv(clock.epochMillis(), MeterSpec.DAY_MILLIS);
      claims.add(day(today), Counted.DAY_BUDGET.estimate(demand));
      claims.add(month(today), Counted.MONTH_BUDGET.estimate(demand));
    }
  }

  /** Adds what is left of each of its buckets, once that is known. */
  void left(List<CompletableFuture<Left>> into) {
    for (Meter meter : quotas) {
      if (meter != null) {
        into.add(
            meter
                .left()
                .thenApply(left -> told(meter, Levels.nearestToEnd(meter.spec(), left, 0))));
      }
    }
    long now = clock.epochMillis();
    long today = Math.floorDiv(now, MeterSpec.DAY_MILLIS);
    for (Meter meter : new @Nullable Meter[] {day(today), month(today)}) {
      if (meter != null) {
        MeterSpec.Budget budget = meter.spec().budget().orElseThrow();
        into.add(meter.left().thenApply(left -> told(meter, Levels.of(budget, left[0], now))));
      }
    }
  }

  private Left told(Meter meter, Standing.Level level) {
    return new Left(whose, meter.spec().counted().wireName(), level);
  }

  private @Nullable Meter day(long today) {
    OptionalLong budget = allowance.dayBudget();
    Current current = day;
    if (budget.isEmpty() || (current != null && current.isOf(today, store.round()))) {
      return current == null ? null : current.meter();
    }
    LocalDate from = LocalDate.ofEpochDay(today);
    current = money(Counted.DAY_BUDGET, budget.getAsLong(), today, from, from.plusDays(1));
    day = current;
    return current.meter();
  }

  private @Nullable Meter month(long today) {
    OptionalLong budget = allowance.monthBudget();
    Current current = month;
    if (budget.isEmpty() || (current != null && current.isOf(today, store.round()))) {
      return current == null ? null : current.meter();
    }
    LocalDate from = LocalDate.ofEpochDay(today).withDayOfMonth(1);
    current = money(Counted.MONTH_BUDGET, budget.getAsLong(), today, from, from.plusMonths(1));
    month = current;
    return current.meter();
  }

  private Current money(Counted counted, long micros, long today, LocalDate from, LocalDate to) {
    MeterSpec.Budget budget = new MeterSpec.Budget(micros, from, to);
    long round = store.round();
    return new Current(today, round, store.meter(MeterSpec.budget(whose, name, counted, budget)));
  }

  /** Adds the ids of its buckets. */
  void ids(java.util.Set<String> ids) {
    for (Meter meter : quotas) {
      if (meter != null) {
        ids.add(meter.spec().id());
      }
    }
    for (Current current : new @Nullable Current[] {day, month}) {
      if (current != null) {
        ids.add(current.meter().spec().id());
      }
    }
  }
}
