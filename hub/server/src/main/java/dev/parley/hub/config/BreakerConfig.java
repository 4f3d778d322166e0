package dev.parley.hub.config;

import java.time.Duration;

/**
 * When a target is left alone because it fails, and how it comes back. Busy is not failing.
 *
 * @param failures so many in a row open the breaker
 * @param errorPercent so many failures among a hundred calls of the window open it, too
 * @param window how far back calls are counted
 * @param callsMin fewer calls in the window than this say nothing about a percentage
 * @param coolDown how long a target is left alone the first time; doubles each time it fails again
 * @param coolDownMax no longer than this
 * @param probes calls that may try it at once after the cool-down
 * @param ramp how long it takes from the first success to its full share of the calls
 */
public record BreakerConfig(
    int failures,
    int errorPercent,
    Duration window,
    int callsMin,
    Duration coolDown,
    Duration coolDownMax,
    int probes,
    Duration ramp) {

  public static final WholeRange FAILURES_RANGE = new WholeRange(1, 1_000);
  public static final WholeRange ERROR_PERCENT_RANGE = new WholeRange(1, 100);
  public static final DurationRange WINDOW_RANGE =
      new DurationRange(Duration.ofSeconds(1), Duration.ofMinutes(10));
  public static final WholeRange CALLS_MIN_RANGE = new WholeRange(1, 100_000);
  public static final DurationRange COOL_DOWN_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofMinutes(10));
  public static final WholeRange PROBES_RANGE = new WholeRange(1, 1_000);
  public static final DurationRange RAMP_RANGE =
      new DurationRange(Duration.ZERO, Duration.ofMinutes(10));

  public static final BreakerConfig DEFAULT =
      new BreakerConfig(
          5,
          50,
          Duration.ofSeconds(30),
          20,
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          1,
          Duration.ofSeconds(10));

  public BreakerConfig {
    FAILURES_RANGE.require("failures", failures);
    ERROR_PERCENT_RANGE.require("errorPercent", errorPercent);
    WINDOW_RANGE.require("window", window);
    CALLS_MIN_RANGE.require("callsMin", callsMin);
    COOL_DOWN_RANGE.require("coolDown", coolDown);
    COOL_DOWN_RANGE.require("coolDownMax", coolDownMax);
    PROBES_RANGE.require("probes", probes);
    RAMP_RANGE.require("ramp", ramp);
    if (coolDownMax.compareTo(coolDown) < 0) {
      throw new IllegalArgumentException("coolDownMax is less than coolDown");
    }
  }
}
