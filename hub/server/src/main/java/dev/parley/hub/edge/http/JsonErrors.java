package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestCancellationException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives what fails outside of any route, bad HTTP first of all, the same error object. */
public final class JsonErrors implements ServerErrorHandler {

  private final Supplier<String> ids;
  private final ObjIntConsumer<String> unreadable;

  /** Tells nobody but the caller. */
  public JsonErrors(Supplier<String> ids) {
    this(ids, (_, _) -> {});
  }

  /**
   * @param ids names what fails before it is a request
   * @param unreadable takes its name and the status with which it was refused
   */
  public JsonErrors(Supplier<String> ids, ObjIntConsumer<String> unreadable) {
    this.ids = ids;
    this.unreadable = unreadable;
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    if (cause instanceof HttpStatusException || cause instanceof HttpResponseException) {
      return null;
    }
    ErrorView view =
        isDeparture(cause)
            ? ErrorMapper.view(new HubError.Cancelled())
            : ErrorMapper.view(cause, RequestIds.of(ctx));
    AccessLog.refused(ctx, view.reason());
    return OpenAiErrors.response(view);
  }

  /** The caller left, or was left: nobody reads the answer, and nothing is wrong with the hub. */
  private static boolean isDeparture(Throwable cause) {
    return cause instanceof RequestCancellationException
        || cause instanceof RequestTimeoutException
        || cause instanceof ClosedStreamException
        || cause instanceof ClosedSessionException
        || cause instanceof AbortedStreamException;
  }

  @Override
  public @Nullable AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String id = ctx == null ? ids.get() : RequestIds.of(ctx);
    if (ctx == null || AccessLog.visit(ctx) == null) {
      unreadable.accept(id, status.code());
    }
    ErrorView view =
        ErrorMapper.view(
            status.code() == 413 || status.code() == 431
                ? new HubError.TooLarge("the request head", "header size", 32 * 1024)
                : new HubError.InvalidRequest(
                    "request", "HTTP status " + status.code(), "a well-formed HTTP request"));
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status)
            .contentType(MediaType.JSON)
            .set(RequestIds.NAME, id)
            .build(),
        HttpData.wrap(OpenAiErrors.body(view)));
  }
}
