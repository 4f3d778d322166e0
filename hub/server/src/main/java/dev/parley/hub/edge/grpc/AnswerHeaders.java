package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.http.RequestIds;
import java.util.Locale;
import java.util.Map;

/** Which of a backend's headers travel on to the caller. */
final class AnswerHeaders {

  private AnswerHeaders() {}

  static void add(ServiceRequestContext ctx, Map<String, String> headers) {
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean known = lower.startsWith("x-") || lower.startsWith("openai-");
      if (known && !lower.equals(RequestIds.NAME)) {
        ctx.mutateAdditionalResponseHeaders(answer -> answer.set(lower, value));
      }
    });
  }
}
