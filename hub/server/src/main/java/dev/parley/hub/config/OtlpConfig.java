package dev.parley.hub.config;

import java.net.URI;
import java.util.Map;

/**
 * A collector of traces and metrics that speaks OTLP over HTTP.
 *
 * @param endpoint its address; {@code /v1/traces} and {@code /v1/metrics} are added
 * @param headers sent with everything, by lower-case name
 * @param sample share of the traces that begin at the hub, from 0 to 1, that are sent; what a
 *     caller traces is sent when the caller says so
 */
public record OtlpConfig(URI endpoint, Map<String, Secret> headers, double sample) {

  public static final double SAMPLE_DEFAULT = 1;

  public OtlpConfig {
    endpoint = BaseUrl.normalised(endpoint);
    headers = Map.copyOf(headers);
    if (!(sample >= 0 && sample <= 1)) {
      throw new IllegalArgumentException("sample: " + sample + " (expected: 0..1)");
    }
  }
}
