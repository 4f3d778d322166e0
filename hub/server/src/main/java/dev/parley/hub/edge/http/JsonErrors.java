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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives what fails outside of any route, bad HTTP first of all, the same error object. */
public final class JsonErrors implements ServerErrorHandler {

  private final Supplier<String> ids;

  /**
   * @param ids names what fails before it is a request
   */
  public JsonErrors(Supplier<String> ids) {
    this.ids = ids;
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
    ErrorView view =
        ErrorMapper.view(
            status.code() == 413 || status.code() == 431
                ? new HubError.TooLarge("the request head", "header size", 32 * 1024)
                : new HubError.InvalidRequest(
                    "request", "HTTP status " + status.code(), "a well-formed HTTP request"));
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status)
            .contentType(MediaType.JSON)
            .set(RequestIds.NAME, ctx == null ? ids.get() : RequestIds.of(ctx))
            .build(),
        HttpData.wrap(OpenAiErrors.body(view)));
  }
}
