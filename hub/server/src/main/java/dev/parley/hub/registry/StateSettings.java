package dev.parley.hub.registry;

import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.BreakerConfig;
import dev.parley.hub.config.RetryConfig;
import dev.parley.hub.resilience.BackendSettings;
import dev.parley.hub.resilience.Backoff;
import dev.parley.hub.resilience.BreakerSettings;
import dev.parley.hub.resilience.RetryBudgetSettings;
import dev.parley.hub.resilience.RetrySettings;
import java.util.OptionalInt;

/** Turns what the operator wrote into what bounds the calls of a backend. */
final class StateSettings {

  private StateSettings() {}

  static BackendSettings of(BackendConfig config, OptionalInt usualConcurrency) {
    return new BackendSettings(
        config.limits().concurrency(usualConcurrency),
        config.limits().queue(),
        breaker(config.breaker()),
        new RetryBudgetSettings(config.retry().budgetPercent(), config.retry().budgetMin()));
  }

  static RetrySettings retry(BackendConfig config) {
    RetryConfig retry = config.retry();
    return new RetrySettings(
        retry.tries(),
        retry.triesAlone(),
        new Backoff(retry.backoff(), retry.backoffMax()),
        retry.waitMax());
  }

  private static BreakerSettings breaker(BreakerConfig config) {
    return new BreakerSettings(
        config.failures(),
        config.errorPercent(),
        config.window(),
        config.callsMin(),
        config.coolDown(),
        config.coolDownMax(),
        config.probes(),
        config.ramp());
  }
}
