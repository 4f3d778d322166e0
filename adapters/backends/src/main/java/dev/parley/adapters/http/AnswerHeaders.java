package dev.parley.adapters.http;

import com.linecorp.armeria.common.ResponseHeaders;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The headers of a backend's answer that a caller or the log can use. */
final class AnswerHeaders {

  private static final List<AsciiString> KEPT =
      List.of(
          AsciiString.cached("x-request-id"),
          AsciiString.cached("x-generation-id"),
          AsciiString.cached("openai-processing-ms"),
          AsciiString.cached("openai-version"),
          AsciiString.cached("x-ratelimit-limit-requests"),
          AsciiString.cached("x-ratelimit-limit-tokens"),
          AsciiString.cached("x-ratelimit-remaining-requests"),
          AsciiString.cached("x-ratelimit-remaining-tokens"),
          AsciiString.cached("x-ratelimit-reset-requests"),
          AsciiString.cached("x-ratelimit-reset-tokens"));

  private AnswerHeaders() {}

  static Map<String, String> worthKeeping(ResponseHeaders headers) {
    Map<String, String> kept = Map.of();
    for (AsciiString name : KEPT) {
      String value = headers.get(name);
      if (value != null) {
        if (kept.isEmpty()) {
          kept = new HashMap<>();
        }
        kept.put(name.toString(), value);
      }
    }
    return kept;
  }
}
