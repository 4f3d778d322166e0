package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceOptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;

/**
 * Leaves a stream of HTTP/2 that was answered before its request was over to the caller for a
 * while, who ends it or goes on in vain; only then is it reset. A reset right behind the answer
 * overtakes it in libraries of gRPC, which then tell their caller that the call was cancelled, and
 * makes others take a whole answer for a broken one. HTTP/1.1 has no such thing.
 */
public final class LateReset extends SimpleDecoratingHttpService {

  private static final long DELAY_MILLIS = 5_000;

  private static final ServiceOptions OPTIONS =
      ServiceOptions.builder().closeHttp2StreamDelayMillis(DELAY_MILLIS).build();

  /** Serves as this service does, which must have no options of its own. */
  public LateReset(HttpService service) {
    super(service);
    if (!service.options().equals(ServiceOptions.of())) {
      throw new IllegalArgumentException("service.options(): not the usual ones");
    }
  }

  @Override
  public ServiceOptions options() {
    return OPTIONS;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    return ((HttpService) unwrap()).serve(ctx, req);
  }
}
