package dev.parley.hub.edge.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestCancellationException;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives details to failures that arise outside the services: messages that are too large or cannot
 * be read, deadlines of the transport, exceptions that nobody caught.
 */
final class UnexpectedFailures implements GrpcExceptionHandlerFunction {

  private final CallFailures failures;
  private final int messageBytesMax;

  UnexpectedFailures(CallFailures failures, int messageBytesMax) {
    this.failures = failures;
    this.messageBytesMax = messageBytesMax;
  }

  @Override
  public Status apply(RequestContext ctx, Status status, Throwable cause, Metadata trailers) {
    if (trailers.containsKey(ErrorInterceptor.DETAILS)
        || !(ctx instanceof ServiceRequestContext service)) {
      return status;
    }
    StatusRuntimeException failure = failure(service, status, cause);
    Metadata details = failure.getTrailers();
    if (details != null) {
      trailers.merge(details);
    }
    trailers.put(ErrorInterceptor.REQUEST_ID, failures.requestId(service));
    return failure.getStatus();
  }

  private StatusRuntimeException failure(
      ServiceRequestContext ctx, Status status, Throwable cause) {
    HubError known = known(cause);
    if (known != null) {
      return failures.status(ctx, known);
    }
    return switch (status.getCode()) {
      case UNKNOWN, OK, INTERNAL -> failures.status(ctx, cause);
      default -> failures.status(ctx, ofStatus(ctx, status));
    };
  }

  /** What is wrong if it is no fault of the hub, else null. */
  @Nullable HubError known(Throwable cause) {
    HubException inside = hubException(cause);
    if (inside != null) {
      return inside.error();
    }
    return switch (cause) {
      case ContentTooLargeException _ -> tooLarge();
      case HttpStatusException http when http.getCause() instanceof ContentTooLargeException ->
          tooLarge();
      case TimeoutException _ -> new HubError.DeadlineExceeded(Stage.TOTAL, Duration.ZERO);
      case ClosedStreamException _,
          ClosedChannelException _,
          CancelledSubscriptionException _,
          RequestCancellationException _,
          AbortedStreamException _ ->
          new HubError.Cancelled();
      case InvalidProtocolBufferException _ ->
          new HubError.InvalidRequest("message", "cannot be read", "its protobuf encoding");
      default -> null;
    };
  }

  private HubError tooLarge() {
    return new HubError.TooLarge("the message", "server.request_bytes_max", messageBytesMax);
  }

  /** What the transport or a library service said with a bare status. */
  HubError ofStatus(ServiceRequestContext ctx, Status status) {
    String words = status.getDescription() == null ? "" : status.getDescription();
    return switch (status.getCode()) {
      case CANCELLED -> new HubError.Cancelled();
      case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION ->
          new HubError.InvalidRequest("message", words, "a message that can be read");
      case NOT_FOUND ->
          new HubError.NotFound(HubError.NotFound.Kind.ROUTE, words, Optional.empty());
      case UNIMPLEMENTED -> new HubError.NotConfigured(words.isEmpty() ? "this call" : words);
      case DEADLINE_EXCEEDED -> new HubError.DeadlineExceeded(Stage.TOTAL, Duration.ZERO);
      case RESOURCE_EXHAUSTED -> tooLarge();
      case OK,
          UNKNOWN,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          ABORTED,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          new HubError.Internal(failures.requestId(ctx));
    };
  }

  private static @Nullable HubException hubException(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      if (cause instanceof HubException hub) {
        return hub;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
