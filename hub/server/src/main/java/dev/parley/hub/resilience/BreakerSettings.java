package dev.parley.hub.resilience;

import java.time.Duration;

/**
 * When a breaker opens, and how it closes again.
 *
 * @param failures so many in a row open it; at least 1
 * @param errorPercent so many failures among a hundred calls of the window open it, too; 1 to 100
 * @param window how far back calls are counted; more than zero
 * @param callsMin fewer calls in the window than this say nothing about a percentage; at least 1
 * @param coolDown how long it stays open the first time; doubles each time the target fails again
 * @param coolDownMax no longer than this; also how long a probe keeps its place; at least coolDown
 * @param probes calls at once that may try a target after the cool-down; at least 1
 * @param ramp from the first success to the full share of the calls; may be zero
 */
public record BreakerSettings(
    int failures,
    int errorPercent,
    Duration window,
    int callsMin,
    Duration coolDown,
    Duration coolDownMax,
    int probes,
    Duration ramp) {

  public BreakerSettings {
    boolean makesSense =
        failures >= 1
            && errorPercent >= 1
            && errorPercent <= 100
            && window.isPositive()
            && callsMin >= 1
            && coolDown.isPositive()
            && coolDownMax.compareTo(coolDown) >= 0
            && probes >= 1
            && !ramp.isNegative();
    if (!makesSense) {
      throw new IllegalArgumentException(
          ("breaker: failures %d, errorPercent %d, window %s, callsMin %d, coolDown %s,"
                  + " coolDownMax %s, probes %d, ramp %s (expected: counts of at least 1, a percent"
                  + " of 1..100, times above zero but for the ramp, coolDownMax of at least"
                  + " coolDown)")
              .formatted(
                  failures, errorPercent, window, callsMin, coolDown, coolDownMax, probes, ramp));
    }
  }
}
