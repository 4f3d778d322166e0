package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.RequestHeaders;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The caller's headers that a backend may see. Everything else, credentials first, stays here. */
public final class ForwardedHeaders {

  private static final List<AsciiString> ALLOWED =
      List.of(
          AsciiString.cached("openai-organization"),
          AsciiString.cached("openai-project"),
          AsciiString.cached("anthropic-beta"),
          AsciiString.cached("idempotency-key"),
          AsciiString.cached("traceparent"),
          AsciiString.cached("tracestate"));

  private ForwardedHeaders() {}

  /** Those that this request has, by lower-case name. */
  public static Map<String, String> of(RequestHeaders headers) {
    Map<String, String> found = Map.of();
    for (AsciiString name : ALLOWED) {
      String value = headers.get(name);
      if (value != null) {
        if (found.isEmpty()) {
          found = new HashMap<>();
        }
        found.put(name.toString(), value);
      }
    }
    return found;
  }
}
