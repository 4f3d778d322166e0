package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.edge.http.SpokenBy;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.BiConsumer;

/** No status leaves without details, and every answer names its request id. */
final class ErrorInterceptor implements ServerInterceptor {

  static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of(RequestIds.NAME, Metadata.ASCII_STRING_MARSHALLER);

  private final CallFailures failures;
  private final UnexpectedFailures unexpected;

  ErrorInterceptor(CallFailures failures, UnexpectedFailures unexpected) {
    this.failures = failures;
    this.unexpected = unexpected;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    return next.startCall(
        new SimpleForwardingServerCall<Q, R>(call) {
          @Override
          public void sendHeaders(Metadata answer) {
            answer.put(REQUEST_ID, failures.requestId(ctx));
            tellWay(ctx, answer);
            super.sendHeaders(answer);
          }

          @Override
          public void close(Status status, Metadata trailers) {
            Status closing = status;
            if (!status.isOk() && !trailers.containsKey(DETAILS)) {
              closing = withDetails(ctx, status, trailers);
            }
            trailers.discardAll(REQUEST_ID);
            trailers.put(REQUEST_ID, failures.requestId(ctx));
            tellWay(ctx, trailers);
            super.close(closing, trailers);
          }
        },
        headers);
  }

  private static void tellWay(ServiceRequestContext ctx, Metadata metadata) {
    BiConsumer<String, String> header =
        (name, value) -> {
          Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
          metadata.discardAll(key);
          metadata.put(key, value);
        };
    ServedBy.tell(ctx, header);
    SpokenBy.tell(ctx, header);
  }

  private Status withDetails(ServiceRequestContext ctx, Status status, Metadata trailers) {
    Throwable cause = status.getCause();
    if (cause != null) {
      return unexpected.apply(ctx, status, cause, trailers).withCause(null);
    }
    StatusRuntimeException failure = failures.status(ctx, unexpected.ofStatus(ctx, status));
    Metadata details = failure.getTrailers();
    if (details != null) {
      trailers.merge(details);
    }
    return failure.getStatus();
  }
}
