package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.OpenAiErrors;

/**
 * Refuses paths that servers read in different ways: who stands in front of the hub and lets some
 * paths through must read them as the hub does.
 */
public final class PlainPaths implements DecoratingHttpServiceFunction {

  private static final HubError ODD =
      new HubError.InvalidRequest(
          "path",
          "a path with //, ;, or a written-out dot, backslash or control character",
          "a path such as /v1/models");

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    // As it was sent: what the routes see was made plain already.
    String raw = ctx.rawPath();
    if (isPlain(raw != null && raw.startsWith("/") ? raw : req.path())) {
      return delegate.serve(ctx, req);
    }
    req.abort();
    return OpenAiErrors.response(ErrorMapper.view(ODD));
  }

  static boolean isPlain(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '?') {
        return true;
      }
      boolean doubled = c == '/' && i + 1 < target.length() && target.charAt(i + 1) == '/';
      if (doubled || c == ';' || c == '\\' || (c == '%' && isOdd(target, i))) {
        return false;
      }
    }
    return true;
  }

  /** A dot, a backslash, or what is no character; half an escape is for the route to refuse. */
  private static boolean isOdd(String target, int percent) {
    if (percent + 2 >= target.length()) {
      return false;
    }
    int high = Character.digit(target.charAt(percent + 1), 16);
    int low = Character.digit(target.charAt(percent + 2), 16);
    int value = high * 16 + low;
    return high >= 0 && low >= 0 && (value < ' ' || value == 0x7f || value == '.' || value == '\\');
  }
}
