package dev.parley.hub.limits;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.config.QuotaConfig;
import java.math.BigDecimal;
import java.time.Duration;

/** What callers are told when there is not enough left. Never another caller's name. */
final class Refusals {

  private static final Duration LEAST = Duration.ofMillis(1);

  private Refusals() {}

  static HubException of(Claims.Verdict.Refused refused) {
    MeterSpec spec = refused.spec();
    if (spec.budget().isPresent()) {
      return spent(spec, spec.budget().get());
    }
    Taken.Refused why = refused.why();
    QuotaConfig window = Levels.slowest(spec, refused.tokens(), why.left());
    Duration wait = Duration.ofNanos(why.waitNanos());
    Duration told = wait.compareTo(LEAST) < 0 ? LEAST : wait;
    return new HubException(
        new HubError.RateLimited(
            scope(spec),
            window.text() + " is used up for now; the next call of this size fits in " + text(told),
            told));
  }

  /** What never fits is refused without a time after which it would. */
  static HubException of(Claims.Verdict.TooMuch refused) {
    MeterSpec spec = refused.spec();
    if (spec.budget().isPresent()) {
      return spent(spec, spec.budget().get());
    }
    long unit = spec.counted().perUnit();
    QuotaConfig narrowest =
        spec.windows().stream()
            .filter(window -> window.amount() * unit < refused.tokens())
            .findFirst()
            .orElse(spec.windows().getFirst());
    long asked = Math.ceilDiv(refused.tokens(), unit);
    return new HubException(
        new HubError.RateLimited(
            scope(spec),
            "the call may take "
                + asked
                + " "
                + spec.counted().words()
                + ", more than "
                + narrowest.text()
                + " ever has at once; ask for less",
            Duration.ZERO));
  }

  static HubException of(Leases.Full full) {
    return new HubException(
        new HubError.RateLimited(
            "streams of " + full.place().whose().words(),
            "all of its "
                + full.place().most()
                + " calls at the same time are running; wait for"
                + " one of them to end",
            Duration.ZERO));
  }

  private static HubException spent(MeterSpec spec, MeterSpec.Budget budget) {
    return new HubException(
        new HubError.QuotaSpent(
            spec.counted().words() + " of " + spec.whose().words(),
            "what is left of "
                + BigDecimal.valueOf(budget.micros(), 6).stripTrailingZeros().toPlainString()
                + " does not cover what the call may cost; the next one begins at "
                + budget.to()
                + "T00:00:00Z"));
  }

  /** Such as {@code tokens of this key}. */
  private static String scope(MeterSpec spec) {
    return spec.counted().words() + " of " + spec.whose().words();
  }

  private static String text(Duration wait) {
    return wait.toMillis() < 1_000
        ? Math.ceilDiv(wait.toNanos(), 1_000_000L) + "ms"
        : Math.ceilDiv(wait.toMillis(), 1_000L) + "s";
  }
}
