package dev.parley.hub.app;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.OpenAiErrors;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.Set;

/**
 * Turns new calls away while the hub stops, and asks whoever comes to close the connection; whoever
 * asks how it is still gets an answer. Notes the calls that it lets through.
 */
final class DrainGate implements DecoratingHttpServiceFunction {

  private static final Set<String> OPEN = Set.of("/health", "/healthz", "/readyz", "/metrics");

  /** They may watch for as long as they like, so nobody waits for their end. */
  private static final Set<String> OPEN_SERVICES =
      Set.of(HealthGrpc.SERVICE_NAME, ServerReflectionGrpc.SERVICE_NAME);

  private final Drain drain;

  DrainGate(Drain drain) {
    this.drain = drain;
  }

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    boolean question = isQuestion(ctx.path());
    if (!question) {
      drain.requests().add(ctx);
    }
    // After the request was noted: whoever closes the gate sees it or is seen here.
    if (drain.isAccepting()) {
      return delegate.serve(ctx, req);
    }
    var _ = ctx.initiateConnectionShutdown();
    if (question) {
      return delegate.serve(ctx, req);
    }
    drain.requests().remove(ctx);
    if (isGrpc(req)) {
      // Refused there, in the words of gRPC.
      return delegate.serve(ctx, req);
    }
    req.abort();
    return OpenAiErrors.response(ErrorMapper.view(Drain.STOPPING));
  }

  private static boolean isQuestion(String path) {
    int end = path.indexOf('/', 1);
    return end < 0 ? OPEN.contains(path) : OPEN_SERVICES.contains(path.substring(1, end));
  }

  private static boolean isGrpc(HttpRequest req) {
    MediaType type = req.contentType();
    return type != null && type.subtype().startsWith("grpc");
  }
}
