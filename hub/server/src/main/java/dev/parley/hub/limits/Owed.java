package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a server still has to be told: settlements that did not reach it, and money that was counted
 * here while it was away. Summed for each bucket, so that its size goes by buckets and not by
 * calls. Thread-safe.
 *
 * <p>Where nobody knows whether a settlement arrived, it is told again if it takes and forgotten if
 * it gives back: a call may count twice, and none counts for nothing.
 */
final class Owed {

  /** How many buckets there may be: those of 10,000 keys with two budgets, and of their owners. */
  static final int BUCKETS_MAX = 50_000;

  /**
   * What one bucket has not heard of.
   *
   * @param tokens to be taken, into debt if need be; given back where negative; not 0
   * @param atMillis when the last call of them ended, since the Unix epoch
   */
  record Debt(MeterSpec spec, long tokens, long atMillis) {

    /**
     * Whether its bucket is as if it had heard of it: filled up since, or of a period that ended.
     */
    boolean isOver(long nowMillis) {
      return nowMillis - atMillis > spec.window().toMillis();
    }

    private Debt with(Debt more) {
      return new Debt(spec, saturated(tokens, more.tokens), Math.max(atMillis, more.atMillis));
    }

    private static long saturated(long one, long other) {
      long sum = one + other;
      // It ran over where both have a sign that it has not.
      return ((one ^ sum) & (other ^ sum)) >= 0 ? sum : one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private final int bucketsMax;
  private final Predicate<Throwable> unsent;
  private final Clock clock;
  private final LinkedHashMap<String, Debt> debts = new LinkedHashMap<>();
  private long dropped;
  private volatile boolean any;

  /**
   * Owes nothing yet.
   *
   * @param unsent whether a failure says that the server was told nothing
   */
  Owed(int bucketsMax, Predicate<Throwable> unsent, Clock clock) {
    this.bucketsMax = bucketsMax;
    this.unsent = unsent;
    this.clock = clock;
  }

  /** A call took so much of a bucket that the server does not know of. */
  void took(MeterSpec spec, long tokens) {
    add(new Debt(spec, tokens, clock.epochMillis()));
  }

  /** Telling the server failed. */
  void untold(Debt debt, Throwable failure) {
    if (debt.tokens() > 0 || unsent.test(failure)) {
      add(debt);
    }
  }

  /**
   * Adds to what is owed. Where there are too many buckets a new one is dropped: those that are
   * there keep their sums right, and no bucket matters more than another.
   */
  synchronized void add(Debt more) {
    Debt there = debts.get(more.spec().id());
    if (there == null) {
      if (debts.size() >= bucketsMax) {
        forgetOld();
      }
      if (debts.size() >= bucketsMax) {
        dropped++;
      } else if (more.tokens() != 0) {
        debts.put(more.spec().id(), more);
        any = true;
      }
      return;
    }
    Debt sum = there.with(more);
    if (sum.tokens() == 0) {
      debts.remove(more.spec().id());
      any = !debts.isEmpty();
    } else {
      debts.put(more.spec().id(), sum);
    }
  }

  /**
   * A budget's bucket is known to have begun then, and so has what calls cost before from the
   * ledger. Told in time: with what later calls cost it could not be told apart any more.
   *
   * @param atMillis since the Unix epoch
   */
  synchronized void began(MeterSpec spec, long atMillis) {
    Debt there = debts.get(spec.id());
    if (there != null && there.atMillis() < atMillis) {
      debts.remove(spec.id());
      any = !debts.isEmpty();
    }
  }

  /** Whether anything is owed. */
  boolean isAny() {
    return any;
  }

  private void forgetOld() {
    long now = clock.epochMillis();
    debts.values().removeIf(debt -> debt.isOver(now));
    any = !debts.isEmpty();
  }

  /** Takes some of them out, those that wait longest first, and forgets what is over. */
  synchronized List<Debt> take(int most) {
    long now = clock.epochMillis();
    List<Debt> taken = new ArrayList<>();
    Iterator<Map.Entry<String, Debt>> all = debts.entrySet().iterator();
    while (all.hasNext() && taken.size() < most) {
      Debt debt = all.next().getValue();
      if (!debt.isOver(now)) {
        taken.add(debt);
      }
      all.remove();
    }
    any = !debts.isEmpty();
    return taken;
  }

  /** Of how many buckets something is owed. */
  synchronized int buckets() {
    return debts.size();
  }

  /** How many times something was dropped as there were too many buckets. */
  synchronized long dropped() {
    return dropped;
  }
}
