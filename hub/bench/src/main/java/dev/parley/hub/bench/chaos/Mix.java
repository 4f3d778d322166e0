package dev.parley.hub.bench.chaos;

/** Numbers that look random and are a function of others. */
final class Mix {

  private Mix() {}

  /** The finisher of SplitMix64. */
  static long of(long a, long b) {
    long z = a * 0x9E3779B97F4A7C15L + b + 0x632BE59BD9B4E019L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** One of {@code 0..bound-1}. */
  static int below(int bound, long a, long b) {
    return (int) Math.floorMod(of(a, b), (long) bound);
  }
}
