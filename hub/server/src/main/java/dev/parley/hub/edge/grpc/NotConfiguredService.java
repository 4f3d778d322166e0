package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.util.Set;

/** A service of the schema that nothing here serves: every method says so at once. */
final class NotConfiguredService {

  private NotConfiguredService() {}

  static ServerServiceDefinition of(ServiceDescriptor service, CallFailures failures) {
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
    for (MethodDescriptor<?, ?> method : service.getMethods()) {
      add(definition, method, failures);
    }
    return definition.build();
  }

  /** The same for those methods of a service that are not served. */
  static ServerServiceDefinition besides(
      ServerServiceDefinition served, Set<String> methods, CallFailures failures) {
    ServiceDescriptor service = served.getServiceDescriptor();
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
    for (ServerMethodDefinition<?, ?> method : served.getMethods()) {
      if (methods.contains(method.getMethodDescriptor().getBareMethodName())) {
        definition.addMethod(method);
      } else {
        add(definition, method.getMethodDescriptor(), failures);
      }
    }
    return definition.build();
  }

  private static <Q, R> void add(
      ServerServiceDefinition.Builder definition,
      MethodDescriptor<Q, R> method,
      CallFailures failures) {
    definition.addMethod(
        method,
        (call, _) -> {
          StatusRuntimeException refusal =
              failures.status(
                  ServiceRequestContext.current(),
                  new HubError.NotConfigured(method.getFullMethodName()));
          Metadata trailers = refusal.getTrailers();
          call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
          return new ServerCall.Listener<>() {};
        });
  }
}
