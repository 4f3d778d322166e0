package dev.parley.hub.resilience;

/**
 * How much more than one try per call a backend gets.
 *
 * @param percent tries again among a hundred calls of ten seconds; 0 to 100
 * @param min tries again in ten seconds that need no calls; at least 0
 */
public record RetryBudgetSettings(int percent, int min) {

  public RetryBudgetSettings {
    if (percent < 0 || percent > 100 || min < 0) {
      throw new IllegalArgumentException(
          "retry budget: " + percent + ", " + min + " (expected: 0..100, at least 0)");
    }
  }
}
