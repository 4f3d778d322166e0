package dev.parley.hub.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code retry} of a backend. */
final class RetryReader {

  private static final List<String> KEYS =
      List.of(
          "tries",
          "tries_alone",
          "backoff",
          "backoff_max",
          "wait_max",
          "budget_percent",
          "budget_min");
  private static final RetryConfig UNSET = RetryConfig.DEFAULT;

  private RetryReader() {}

  static RetryConfig read(Reading reading, YamlMap backend) {
    return backend.map("retry", KEYS).map(keys -> retry(reading, keys)).orElse(UNSET);
  }

  private static RetryConfig retry(Reading reading, YamlMap keys) {
    Optional<Duration> backoff =
        keys.effective("backoff", RetryConfig.BACKOFF_RANGE, UNSET.backoff());
    Optional<Duration> backoffMax =
        keys.effective("backoff_max", RetryConfig.BACKOFF_RANGE, UNSET.backoffMax());
    new KeyOrder(reading, keys, "backoff", "backoff_max")
        .holds(backoff, backoffMax, DurationText::format);
    return new RetryConfig(
        keys.whole("tries", RetryConfig.TRIES_RANGE, UNSET.tries()),
        keys.whole("tries_alone", RetryConfig.TRIES_RANGE, UNSET.triesAlone()),
        backoff.orElse(UNSET.backoff()),
        backoffMax.orElse(UNSET.backoffMax()),
        keys.duration("wait_max", RetryConfig.WAIT_RANGE, UNSET.waitMax()),
        keys.whole("budget_percent", RetryConfig.BUDGET_PERCENT_RANGE, UNSET.budgetPercent()),
        keys.whole("budget_min", RetryConfig.BUDGET_MIN_RANGE, UNSET.budgetMin()));
  }
}
