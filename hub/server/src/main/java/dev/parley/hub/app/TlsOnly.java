package dev.parley.hub.app;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.OpenAiErrors;

/** Tells callers who speak plain HTTP to a port of TLS, and serves them nothing. */
final class TlsOnly implements DecoratingHttpServiceFunction {

  private static final HubError PLAIN =
      new HubError.InvalidRequest("request", "plain HTTP", "TLS: this port speaks https only");

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    if (ctx.sessionProtocol().isTls()) {
      return delegate.serve(ctx, req);
    }
    req.abort();
    var _ = ctx.initiateConnectionShutdown();
    return OpenAiErrors.response(ErrorMapper.view(PLAIN));
  }
}
