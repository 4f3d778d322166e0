package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.load.Generator;
import dev.parley.hub.bench.load.Until;

/**
 * The hub's resident memory around many more calls.
 *
 * @param peakMib the most that was resident at once, whole run
 */
record Memory(long calls, double beforeMib, double halfMib, double afterMib, double peakMib) {

  private static final double KIB_PER_MIB = 1024;
  private static final int CONNECTIONS = 10;

  /** Less than this is the allocator breathing, not growth. */
  private static final double STILL_MIB = 4;

  static Memory measure(Generator generator, Contender hub, long calls) {
    double before = now(hub);
    generator.calls(hub.port(), CONNECTIONS, hub.call(), Until.requests(calls / 2));
    double half = now(hub);
    generator.calls(hub.port(), CONNECTIONS, hub.call(), Until.requests(calls - calls / 2));
    double after = now(hub);
    double peak = hub.server().facts().peakKib() / KIB_PER_MIB;
    return new Memory(calls, before, half, after, peak);
  }

  private static double now(Contender hub) {
    return hub.server().facts().rssKib() / KIB_PER_MIB;
  }

  boolean grew() {
    return afterMib - halfMib > STILL_MIB;
  }
}
