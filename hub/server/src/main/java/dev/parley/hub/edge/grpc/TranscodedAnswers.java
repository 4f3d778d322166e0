package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.http.RequestIds;
import io.grpc.Status;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.Set;

/**
 * Makes the answers of transcoded routes plain JSON answers: no headers of gRPC, and failures in
 * the shape that HTTP callers know. gRPC calls pass untouched.
 */
final class TranscodedAnswers extends SimpleDecoratingHttpService implements HttpServiceWithRoutes {

  private static final List<String> GRPC_HEADERS =
      List.of(
          "grpc-status",
          "grpc-message",
          "grpc-encoding",
          "grpc-accept-encoding",
          "grpc-status-details-bin");

  private static final AttributeKey<Boolean> CREATED =
      AttributeKey.valueOf(TranscodedAnswers.class, "CREATED");

  private final HttpServiceWithRoutes routed;
  private final CallFailures failures;
  private final UnexpectedFailures unexpected;
  private final int bodyBytesMax;

  TranscodedAnswers(
      HttpServiceWithRoutes routed,
      CallFailures failures,
      UnexpectedFailures unexpected,
      int bodyBytesMax) {
    super(routed);
    this.routed = routed;
    this.failures = failures;
    this.unexpected = unexpected;
    this.bodyBytesMax = bodyBytesMax;
  }

  @Override
  public Set<Route> routes() {
    return routed.routes();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    MediaType type = req.contentType();
    if (type != null && type.type().equals("application") && type.subtype().startsWith("grpc")) {
      return ((HttpService) unwrap()).serve(ctx, req);
    }
    // A transcoded body is collected whole before it is read.
    ctx.setMaxRequestLength(bodyBytesMax);
    return ((HttpService) unwrap())
        .serve(ctx, req)
        .recover(failure -> failed(ctx, failure))
        .mapHeaders(headers -> plain(ctx, headers));
  }

  /** Where the call on this context succeeds, it has made something. */
  static void created(ServiceRequestContext ctx) {
    ctx.setAttr(CREATED, true);
  }

  private ResponseHeaders plain(ServiceRequestContext ctx, ResponseHeaders headers) {
    ResponseHeadersBuilder plain = headers.toBuilder();
    GRPC_HEADERS.forEach(plain::remove);
    if (headers.status().equals(HttpStatus.OK) && ctx.attr(CREATED) != null) {
      plain.status(HttpStatus.CREATED);
    }
    return plain.set(RequestIds.NAME, failures.requestId(ctx)).build();
  }

  private HttpResponse failed(ServiceRequestContext ctx, Throwable failure) {
    ErrorView view = CallFailures.view(ctx);
    if (view == null) {
      Throwable cause = readable(failure);
      HubError known = unexpected.known(cause);
      view =
          known != null
              ? ErrorMapper.view(known)
              : ErrorMapper.view(cause, failures.requestId(ctx));
    }
    return OpenAiErrors.response(view);
  }

  /** What the transcoder refuses before any message exists. */
  private static Throwable readable(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean refusal =
        failure instanceof HttpStatusException e
            && e.httpStatus().isClientError()
            && cause instanceof IllegalArgumentException;
    return refusal
        ? new HubException(
            new HubError.InvalidRequest(
                "body", "cannot be read", "parameters of the right type and a JSON object"))
        : failure;
  }

  /** Answers a transcoded call that ended with a status. */
  static HttpResponse statusAnswer(
      ServiceRequestContext ctx, Status status, UnexpectedFailures unexpected) {
    ErrorView known = CallFailures.view(ctx);
    return OpenAiErrors.response(
        known != null ? known : ErrorMapper.view(unexpected.ofStatus(ctx, status)));
  }
}
