package dev.parley.hub.telemetry.otlp;

import java.time.Duration;
import java.util.Map;

/**
 * Where traces and metrics go.
 *
 * @param endpoint its address without a path of its own at the end
 * @param headers sent with everything; may be secret
 * @param tracesEvery how long spans gather at most before they are sent
 * @param metricsEvery how often metrics are sent
 */
public record Collector(
    String endpoint, Map<String, String> headers, Duration tracesEvery, Duration metricsEvery) {

  /** The usual pace: spans each second, metrics each half minute. */
  public static Collector at(String endpoint, Map<String, String> headers) {
    return new Collector(endpoint, headers, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  @Override
  public String toString() {
    return "Collector[" + endpoint + "]";
  }
}
