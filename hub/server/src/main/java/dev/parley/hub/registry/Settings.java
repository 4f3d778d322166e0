package dev.parley.hub.registry;

import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.BreakerConfig;
import dev.parley.hub.config.RetryConfig;
import dev.parley.hub.resilience.BackendSettings;
import dev.parley.hub.resilience.Backoff;
import dev.parley.hub.resilience.BreakerSettings;
import dev.parley.hub.resilience.RetryBudgetSettings;
import dev.parley.hub.resilience.RetrySettings;

/** Turns what the operator wrote of a backend into what bounds its calls. */
final class Settings {

  private Settings() {}

  static BackendSettings of(BackendConfig config) {
    BreakerConfig breaker = config.breaker();
    return new BackendSettings(
        config.limits().concurrency(),
        config.limits().queue(),
        new BreakerSettings(
            breaker.failures(),
            breaker.errorPercent(),
            breaker.window(),
            breaker.callsMin(),
            breaker.coolDown(),
            breaker.coolDownMax(),
            breaker.probes(),
            breaker.ramp()),
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
}
