package dev.parley.hub.dispatch;

/**
 * A sum of prices times amounts, exact to 128 bits and rounded once, at its end. For one thread.
 */
final class ExactSum {

  /**
   * The sum is kept in parts of this size of a millionth: amounts count a million tokens or
   * characters, or a minute of 60,000 ms, and three million is what both divide.
   */
  private static final long PARTS = 3_000_000;

  private static final long PARTS_PER_MILLION = PARTS / 1_000_000;
  private static final long PARTS_PER_MILLI = PARTS / 60_000;
  private static final int LIMB_BITS = 32;
  private static final long LIMB = 0xFFFF_FFFFL;

  private long high;
  private long low;

  /** Adds {@code amount} of what costs {@code price} a million. */
  ExactSum perMillion(long price, long amount) {
    return add(price, amount, PARTS_PER_MILLION);
  }

  /** Adds {@code millis} of what costs {@code price} a minute. */
  ExactSum perMinute(long price, long millis) {
    return add(price, millis, PARTS_PER_MILLI);
  }

  /** Adds {@code price} itself. */
  ExactSum once(long price) {
    return add(price, PARTS, 1);
  }

  /** Neither is negative; more than 128 bits cannot come together from what prices allow. */
  private ExactSum add(long price, long amount, long parts) {
    if (price > 0 && amount > 0) {
      long times = Math.multiplyExact(price, parts);
      long added = times * amount;
      high += Math.multiplyHigh(times, amount);
      low += added;
      if (Long.compareUnsigned(low, added) < 0) {
        high++;
      }
    }
    return this;
  }

  /** To the nearest, half up; what is more than a long holds is the most that it does. */
  long rounded() {
    ExactSum up = new ExactSum();
    up.low = low + PARTS / 2;
    up.high = high + (Long.compareUnsigned(up.low, low) < 0 ? 1 : 0);
    long[] limbs = {
      up.high >>> LIMB_BITS, up.high & LIMB, up.low >>> LIMB_BITS, up.low & LIMB,
    };
    long rest = 0;
    for (int i = 0; i < limbs.length; i++) {
      long part = (rest << LIMB_BITS) | limbs[i];
      limbs[i] = part / PARTS;
      rest = part % PARTS;
    }
    long whole = (limbs[2] << LIMB_BITS) | limbs[3];
    return limbs[0] != 0 || limbs[1] != 0 || whole < 0 ? Long.MAX_VALUE : whole;
  }
}
