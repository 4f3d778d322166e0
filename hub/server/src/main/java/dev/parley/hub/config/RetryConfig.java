package dev.parley.hub.config;

import java.time.Duration;

/**
 * How often a call is made again on the same backend.
 *
 * @param tries on one target while there is another to turn to; 1 means never again
 * @param triesAlone on the last or only target
 * @param backoff longest pause before the second try; doubles with each further one, and the pause
 *     is drawn between zero and that
 * @param backoffMax longest pause of all
 * @param waitMax longest that a backend's Retry-After is waited for; a longer one ends the call
 * @param budgetPercent tries again among a hundred calls of a backend, at most
 * @param budgetMin tries again that a backend gets in ten seconds whatever its calls
 */
public record RetryConfig(
    int tries,
    int triesAlone,
    Duration backoff,
    Duration backoffMax,
    Duration waitMax,
    int budgetPercent,
    int budgetMin) {

  public static final WholeRange TRIES_RANGE = new WholeRange(1, 6);
  public static final DurationRange BACKOFF_RANGE =
      new DurationRange(Duration.ofMillis(1), Duration.ofSeconds(60));
  public static final DurationRange WAIT_RANGE =
      new DurationRange(Duration.ZERO, Duration.ofMinutes(5));
  public static final WholeRange BUDGET_PERCENT_RANGE = new WholeRange(0, 100);
  public static final WholeRange BUDGET_MIN_RANGE = new WholeRange(0, 1_000);

  public static final RetryConfig DEFAULT =
      new RetryConfig(
          2, 4, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(10), 20, 10);

  public RetryConfig {
    TRIES_RANGE.require("tries", tries);
    TRIES_RANGE.require("triesAlone", triesAlone);
    BACKOFF_RANGE.require("backoff", backoff);
    BACKOFF_RANGE.require("backoffMax", backoffMax);
    WAIT_RANGE.require("waitMax", waitMax);
    BUDGET_PERCENT_RANGE.require("budgetPercent", budgetPercent);
    BUDGET_MIN_RANGE.require("budgetMin", budgetMin);
  }
}
