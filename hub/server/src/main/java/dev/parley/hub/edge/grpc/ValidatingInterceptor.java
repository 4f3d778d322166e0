package dev.parley.hub.edge.grpc;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to the value rules of the schema. Of a stream of requests only those with {@code
 * config} or {@code update} are looked at: audio frames carry no rules worth their cost.
 */
final class ValidatingInterceptor implements ServerInterceptor {

  /** Holds what it compiled, which depends on the schema only: one for all hubs of a process. */
  private static final Validator VALIDATOR =
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
        VALIDATOR.validate(prototype);
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
    if (single) {
      BodyPace.endWith(ctx, failure -> refuse(watched, failures.status(ctx, failure)));
    }
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
            refuse(call, refusal);
            // What the messages before began would go on, as nobody else tells it.
            super.onCancel();
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

  private static void refuse(ServerCall<?, ?> call, StatusRuntimeException refusal) {
    Metadata trailers = refusal.getTrailers();
    call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
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
      ValidationResult result = VALIDATOR.validate(request);
      return result.isSuccess()
          ? null
          : failures.status(ctx, Violations.error(result.getViolations().getFirst()));
    } catch (DateTimeException | ArithmeticException _) {
      // The library turns times and durations into the JDK's, which hold less.
      return failures.status(
          ctx,
          new HubError.InvalidRequest(
              "message", "a time or a duration out of range", "times of the years 1 to 9999"));
    } catch (ValidationException e) {
      return failures.status(ctx, e);
    }
  }
}
