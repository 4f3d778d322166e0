package dev.parley.hub.limits;

import dev.parley.hub.config.QuotaConfig;
import java.time.Duration;
import java.util.List;

/** What windows that fill evenly say about how much is left of them. */
final class Levels {

  private Levels() {}

  /**
   * The window of which the smallest part is left.
   *
   * @param left of each window, in tokens of the bucket
   * @param ageNanos since that was so; what came back meanwhile is added
   */
  static Standing.Level nearestToEnd(MeterSpec spec, long[] left, long ageNanos) {
    List<QuotaConfig> windows = spec.windows();
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < windows.size(); i++) {
      double share = share(spec, windows.get(i), left[i], ageNanos);
      if (share < least) {
        least = share;
        nearest = i;
      }
    }
    QuotaConfig window = windows.get(nearest);
    long remaining = (long) Math.floor(least * window.amount() + 1e-9);
    long resetNanos = Math.round((1 - least) * window.period().toNanos());
    return new Standing.Level(
        window.amount(), Math.max(0, remaining), Duration.ofNanos(resetNanos));
  }

  /**
   * How a budget stands.
   *
   * @param left millionths of the currency; negative in debt
   * @param nowMillis since the Unix epoch
   */
  static Standing.Level of(MeterSpec.Budget budget, long left, long nowMillis) {
    long endMillis = budget.to().toEpochDay() * MeterSpec.DAY_MILLIS;
    return new Standing.Level(
        budget.micros(),
        Math.clamp(left, 0, budget.micros()),
        Duration.ofMillis(Math.max(0, endMillis - nowMillis)));
  }

  /** Below 0 in debt, 1 when it is whole. */
  private static double share(MeterSpec spec, QuotaConfig window, long left, long ageNanos) {
    double whole = (double) window.amount() * spec.counted().perUnit();
    return Math.min(1, left / whole + (double) ageNanos / window.period().toNanos());
  }

  /** The window that lets a call of this size wait longest. */
  static QuotaConfig slowest(MeterSpec spec, long tokens, long[] left) {
    List<QuotaConfig> windows = spec.windows();
    int slowest = 0;
    double longest = -Double.MAX_VALUE;
    for (int i = 0; i < windows.size(); i++) {
      QuotaConfig window = windows.get(i);
      double wait = (double) (tokens - left[i]) / window.amount() * window.period().toNanos();
      if (wait > longest) {
        longest = wait;
        slowest = i;
      }
    }
    return windows.get(slowest);
  }
}
