package dev.parley.hub.edge.grpc;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to the value rules of the schema. Of a stream of requests only those with {@code
 * config} or {@code update} are looked at: audio frames carry no rules worth their cost.
 */
final class ValidatingInterceptor implements ServerInterceptor {

  private final Validator validator =
      ValidatorFactory.newBuilder()
          .withConfig(Config.newBuilder().setFailFast(true).build())
          .build();
  private final CallFailures failures;

  ValidatingInterceptor(CallFailures failures) {
    this.failures = failures;
  }

  /** Compiles the rules of these messages now, as that takes too long for an event loop. */
  void prepare(Iterable<? extends Message> prototypes) {
    for (Message prototype : prototypes) {
      try {
        validator.validate(prototype);
      } catch (ValidationException e) {
        throw new IllegalStateException(
            "rules of " + prototype.getDescriptorForType().getFullName() + ": " + e.getMessage(),
            e);
      }
    }
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    boolean single = call.getMethodDescriptor().getType().clientSendsOneMessage();
    boolean[] closed = {false};
    ServerCall<Q, R> watched =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            closed[0] = true;
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<Q>(next.startCall(watched, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        if (refused || closed[0]) {
          return;
        }
        if (message instanceof Message request && (single || isWorthIt(request))) {
          StatusRuntimeException refusal = refusal(ctx, request);
          if (refusal != null) {
            refused = true;
            Metadata trailers = refusal.getTrailers();
            call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
            return;
          }
        }
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }
    };
  }

  private static boolean isWorthIt(Message request) {
    for (String name : new String[] {"config", "update"}) {
      FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
      if (field != null && field.hasPresence() && request.hasField(field)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable StatusRuntimeException refusal(ServiceRequestContext ctx, Message request) {
    try {
      ValidationResult result = validator.validate(request);
      return result.isSuccess()
          ? null
          : failures.status(ctx, Violations.error(result.getViolations().getFirst()));
    } catch (ValidationException e) {
      return failures.status(ctx, e);
    }
  }
}
