package dev.parley.hub.bench.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which backend is in which condition when, in milliseconds since the soak began. Everyone is
 * healthy before and after.
 *
 * @param stretches of each backend, in order and without gaps; the last one is healthy and has no
 *     end
 */
record Schedule(List<List<Stretch>> stretches) {

  /** A while in one condition. */
  record Stretch(long fromMillis, long toMillis, Condition condition) {}

  static final long NO_END = Long.MAX_VALUE;

  private static final int EPOCH_MILLIS_MIN = 800;
  private static final int EPOCH_MILLIS_MAX = 4_500;

  /** All are down for no longer than this, as outages are to be survived, not waited for. */
  private static final int BLACKOUT_MILLIS_MAX = 1_500;

  /** So many of a hundred epochs have none, one, two, three sick backends; the rest has four. */
  private static final int[] SICK_PERCENT = {12, 30, 30, 20};

  Schedule {
    stretches = stretches.stream().map(List::copyOf).toList();
  }

  /** Draws one; the same random source gives the same one. */
  static Schedule draw(SplittableRandom random, int backends, Duration length) {
    List<List<Stretch>> all = new ArrayList<>();
    for (int i = 0; i < backends; i++) {
      all.add(new ArrayList<>());
    }
    long end = length.toMillis();
    for (long at = 0; at < end; ) {
      int sick = Math.min(backends, sick(random.nextInt(100)));
      int longest = sick == backends ? BLACKOUT_MILLIS_MAX : EPOCH_MILLIS_MAX;
      long to = Math.min(end, at + random.nextInt(EPOCH_MILLIS_MIN, longest));
      int first = random.nextInt(backends);
      for (int i = 0; i < backends; i++) {
        boolean healthy = Math.floorMod(i - first, backends) >= sick;
        append(all.get(i), new Stretch(at, to, healthy ? Condition.HEALTHY : illness(random)));
      }
      at = to;
    }
    all.forEach(one -> append(one, new Stretch(end, NO_END, Condition.HEALTHY)));
    return new Schedule(all);
  }

  private static int sick(int lot) {
    int bound = 0;
    for (int sick = 0; sick < SICK_PERCENT.length; sick++) {
      bound += SICK_PERCENT[sick];
      if (lot < bound) {
        return sick;
      }
    }
    return SICK_PERCENT.length;
  }

  private static Condition illness(SplittableRandom random) {
    Condition[] all = Condition.values();
    return all[random.nextInt(1, all.length)];
  }

  /** Two of the same condition become one, so that a long healthy while counts as one. */
  private static void append(List<Stretch> to, Stretch next) {
    if (!to.isEmpty() && to.getLast().condition() == next.condition()) {
      Stretch last = to.removeLast();
      to.add(new Stretch(last.fromMillis(), next.toMillis(), last.condition()));
    } else {
      to.add(next);
    }
  }

  Condition at(int backend, long millis) {
    for (Stretch stretch : stretches.get(backend)) {
      if (millis < stretch.toMillis()) {
        return millis < 0 ? Condition.HEALTHY : stretch.condition();
      }
    }
    return Condition.HEALTHY;
  }

  /** The time of the next change, or {@link #NO_END}. */
  long nextChange(int backend, long millis) {
    return stretches.get(backend).stream()
        .mapToLong(Stretch::fromMillis)
        .filter(from -> from > millis)
        .findFirst()
        .orElse(NO_END);
  }

  /**
   * Whether one of the backends is healthy for {@code needed} milliseconds on end within {@code
   * [from, to]}; if not, nobody could have answered.
   */
  boolean answerable(List<Integer> backends, long from, long to, long needed) {
    return backends.stream()
        .flatMap(backend -> stretches.get(backend).stream())
        .filter(stretch -> stretch.condition() == Condition.HEALTHY)
        .anyMatch(healthy ->
            Math.min(to, healthy.toMillis()) - Math.max(from, healthy.fromMillis()) >= needed);
  }
}
