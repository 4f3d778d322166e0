package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.Set;

/** Refuses new calls while the hub stops; questions about its health still get an answer. */
final class TurningAway implements ServerInterceptor {

  private static final Set<String> OPEN =
      Set.of(HealthGrpc.SERVICE_NAME, ServerReflectionGrpc.SERVICE_NAME);

  private final HealthStatuses health;
  private final CallFailures failures;

  TurningAway(HealthStatuses health, CallFailures failures) {
    this.health = health;
    this.failures = failures;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    HubError reason = health.drained();
    if (reason == null || OPEN.contains(call.getMethodDescriptor().getServiceName())) {
      return next.startCall(call, headers);
    }
    StatusRuntimeException refusal = failures.status(ServiceRequestContext.current(), reason);
    Metadata trailers = refusal.getTrailers();
    call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }
}
