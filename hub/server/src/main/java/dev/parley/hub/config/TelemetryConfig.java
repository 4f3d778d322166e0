package dev.parley.hub.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What operators see.
 *
 * @param logLevels by the name of a logger, one of {@link #LEVELS}
 * @param otlp where traces and metrics go; empty: nowhere
 */
public record TelemetryConfig(Map<String, String> logLevels, Optional<OtlpConfig> otlp) {

  /** The words for how much a logger tells, the fewest first. */
  public static final List<String> LEVELS =
      List.of("off", "error", "warn", "info", "debug", "trace");

  public static final TelemetryConfig DEFAULT = new TelemetryConfig(Map.of(), Optional.empty());

  public TelemetryConfig {
    logLevels = Map.copyOf(logLevels);
  }
}
