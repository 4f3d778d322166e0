package dev.parley.hub.telemetry.otlp;

import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Gives the next span the ids that were chosen when the request came. For the one thread that makes
 * spans.
 */
final class ChosenIds implements IdGenerator {

  private String traceId = "";
  private String spanId = "";

  void next(String trace, String span) {
    traceId = trace;
    spanId = span;
  }

  @Override
  public String generateTraceId() {
    return traceId;
  }

  @Override
  public String generateSpanId() {
    return spanId;
  }
}
