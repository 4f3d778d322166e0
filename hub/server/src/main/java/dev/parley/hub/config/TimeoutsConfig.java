package dev.parley.hub.config;

import java.time.Duration;

/**
 * How long one call to a backend may take, phase by phase.
 *
 * @param connect until the connection stands
 * @param firstByte from the sent request to the first event or byte of the answer's body
 * @param idle between two pieces of an answer
 * @param total the whole call, waiting in the backend's queue included
 */
public record TimeoutsConfig(Duration connect, Duration firstByte, Duration idle, Duration total) {

  public static final DurationRange CONNECT_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofSeconds(60));
  public static final DurationRange FIRST_BYTE_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofMinutes(30));
  public static final DurationRange IDLE_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofMinutes(30));
  public static final DurationRange TOTAL_RANGE =
      new DurationRange(Duration.ofMillis(10), Duration.ofHours(24));

  /** Sized for language models: a cold or busy one is silent for long before its first token. */
  public static final TimeoutsConfig DEFAULT =
      new TimeoutsConfig(
          Duration.ofSeconds(5),
          Duration.ofSeconds(120),
          Duration.ofSeconds(60),
          Duration.ofSeconds(300));

  public TimeoutsConfig {
    CONNECT_RANGE.require("connect", connect);
    FIRST_BYTE_RANGE.require("firstByte", firstByte);
    IDLE_RANGE.require("idle", idle);
    TOTAL_RANGE.require("total", total);
  }
}
