package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.dispatch.Outcomes;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.GrpcErrors;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.RequestIds;
import io.grpc.StatusRuntimeException;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Turns failures into statuses with details, and leaves their view on the call's context, where a
 * transcoded answer finds it.
 */
final class CallFailures {

  private static final AttributeKey<ErrorView> VIEW =
      AttributeKey.valueOf(CallFailures.class, "VIEW");

  /** What to close the call with; logs what is a fault of the hub. */
  StatusRuntimeException status(ServiceRequestContext ctx, Throwable thrown) {
    return status(ctx, ErrorMapper.view(thrown, RequestIds.of(ctx)), thrown);
  }

  StatusRuntimeException status(ServiceRequestContext ctx, HubError error) {
    return status(ctx, ErrorMapper.view(error), new HubException(error));
  }

  /** What the call is cut off for, it did not end for by its caller's will. */
  private StatusRuntimeException status(
      ServiceRequestContext ctx, ErrorView view, Throwable thrown) {
    ctx.setAttr(VIEW, view);
    AccessLog.refused(ctx, view.reason());
    AccessLog.stopped(ctx, Outcomes.of(thrown));
    return GrpcErrors.exception(view, RequestIds.of(ctx));
  }

  /**
   * The failure of a call of which output has left already: a repeat would say it twice, and the
   * caller has to know.
   */
  static Throwable afterOutput(Throwable failure) {
    return failure instanceof HubException hub
            && hub.error() instanceof HubError.BackendFailed(var target, var status, var why, _)
        ? new HubException(
            new HubError.BackendFailed(target, status, why, HubError.Reached.CALLER), failure)
        : failure;
  }

  /** The word for a failure that logs group by. */
  String reason(ServiceRequestContext ctx, Throwable thrown) {
    return ErrorMapper.view(thrown, RequestIds.of(ctx)).reason();
  }

  String requestId(ServiceRequestContext ctx) {
    return RequestIds.of(ctx);
  }

  /** The failure that the call on this context was closed with, if any. */
  static @Nullable ErrorView view(ServiceRequestContext ctx) {
    return ctx.attr(VIEW);
  }
}
