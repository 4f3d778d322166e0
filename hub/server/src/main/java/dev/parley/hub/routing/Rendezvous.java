package dev.parley.hub.routing;

/**
 * Rendezvous hashing: every target gets a number from the key, and the smallest wins. A target that
 * goes takes only its own keys away. Weights are honoured: the number is an arrival time at a rate
 * of the weight.
 */
final class Rendezvous {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final double UNIT = 0x1p-53;

  private Rendezvous() {}

  /** Above 0; smaller is better. */
  static double score(String key, String target, int weight) {
    long hash = mixed(fed(fed(FNV_OFFSET, key) * FNV_PRIME, target));
    return arrival(((hash >>> 11) + 0.5) * UNIT, weight);
  }

  /** When the first of a stream of events of that rate comes, for an even draw in (0, 1). */
  static double arrival(double draw, double rate) {
    return -Math.log(draw) / rate;
  }

  /** FNV-1a over the characters, both bytes of each. */
  private static long fed(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      hash = (hash ^ (c & 0xff)) * FNV_PRIME;
      hash = (hash ^ (c >>> 8)) * FNV_PRIME;
    }
    return hash;
  }

  /** The finaliser of MurmurHash3, which FNV lacks: close keys end far apart. */
  private static long mixed(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
