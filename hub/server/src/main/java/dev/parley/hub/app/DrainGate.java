package dev.parley.hub.app;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.OpenAiErrors;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Turns new calls away while the hub stops; whoever asks how it is still gets an answer. */
final class DrainGate implements DecoratingHttpServiceFunction {

  private static final Set<String> OPEN = Set.of("/health", "/healthz", "/readyz");

  private static final HubError STOPPING =
      new HubError.Overloaded("this hub is stopping", Duration.ofSeconds(1));

  private final BooleanSupplier accepting;

  DrainGate(BooleanSupplier accepting) {
    this.accepting = accepting;
  }

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    if (accepting.getAsBoolean() || OPEN.contains(ctx.path())) {
      return delegate.serve(ctx, req);
    }
    req.abort();
    var _ = ctx.initiateConnectionShutdown();
    return OpenAiErrors.response(ErrorMapper.view(STOPPING));
  }
}
