package dev.parley.hub.edge.access;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.QuotaConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something may come from one address. What was used comes back evenly over the period.
 * Of at most 100,000 addresses is it known; beyond that, those that were quiet longest begin anew.
 * Thread-safe and never waits for more than another thread's look.
 */
final class AddressLimit {

  private static final int STRIPES = 16;
  private static final int ADDRESSES_MAX = 100_000;

  private final QuotaConfig quota;
  private final double perNano;
  private final Clock clock;
  private final Stripe[] stripes = new Stripe[STRIPES];

  /**
   * Whether anything was ever taken: a hub whose callers make no mistakes has nothing to look up.
   */
  private volatile boolean any;

  private static final class Used {
    private double amount;
    private long nanos;
  }

  private static final class Stripe extends LinkedHashMap<Long, Used> {
    private static final long serialVersionUID = 1;

    Stripe() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Used> eldest) {
      return size() > ADDRESSES_MAX / STRIPES;
    }
  }

  AddressLimit(QuotaConfig quota, Clock clock) {
    this.quota = quota;
    this.perNano = (double) quota.amount() / quota.period().toNanos();
    this.clock = clock;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  QuotaConfig quota() {
    return quota;
  }

  /** How long until one more is allowed; zero when that is now. Takes nothing. */
  Duration waiting(long address) {
    if (!any) {
      return Duration.ZERO;
    }
    Stripe stripe = stripe(address);
    synchronized (stripe) {
      Used used = stripe.get(address);
      return used == null ? Duration.ZERO : waiting(settled(used));
    }
  }

  /** Takes one where that is allowed now; else says how long until it is, and takes nothing. */
  Duration take(long address) {
    if (!any) {
      any = true;
    }
    Stripe stripe = stripe(address);
    synchronized (stripe) {
      Used used = settled(stripe.computeIfAbsent(address, _ -> fresh()));
      Duration wait = waiting(used);
      if (wait.isZero()) {
        used.amount += 1;
      }
      return wait;
    }
  }

  /** How many addresses are known of. */
  int size() {
    int size = 0;
    for (Stripe stripe : stripes) {
      synchronized (stripe) {
        size += stripe.size();
      }
    }
    return size;
  }

  private Used fresh() {
    Used used = new Used();
    used.nanos = clock.nanoTime();
    return used;
  }

  private Used settled(Used used) {
    long now = clock.nanoTime();
    used.amount = Math.max(0, used.amount - (now - used.nanos) * perNano);
    used.nanos = now;
    return used;
  }

  private Duration waiting(Used used) {
    double over = used.amount + 1 - quota.amount();
    // A millionth of one is a matter of rounding.
    return over <= 1e-6 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(over / perNano));
  }

  private Stripe stripe(long address) {
    return stripes[(Long.hashCode(address * 0x9e37_79b9_7f4a_7c15L) >>> 8) & (STRIPES - 1)];
  }
}
