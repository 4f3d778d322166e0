package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpMethod;
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
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import com.linecorp.armeria.server.grpc.GrpcService;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.RequestIds;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.Optional;
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

  private final GrpcService routed;
  private final CallFailures failures;
  private final UnexpectedFailures unexpected;
  private final QueryNames queries;
  private final PathNames paths;
  private final int bodyBytesMax;
  private final BodyPace pace;

  TranscodedAnswers(
      GrpcService routed,
      CallFailures failures,
      UnexpectedFailures unexpected,
      QueryNames queries,
      PathNames paths,
      int bodyBytesMax,
      BodyPace pace) {
    super(routed);
    this.routed = routed;
    this.failures = failures;
    this.unexpected = unexpected;
    this.queries = queries;
    this.paths = paths;
    this.bodyBytesMax = bodyBytesMax;
    this.pace = pace;
  }

  @Override
  public Set<Route> routes() {
    return routed.routes();
  }

  /**
   * Whatever the call: Armeria would collect the message of a call that has one before anybody
   * knows who calls, without any bound.
   */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return ExchangeType.BIDI_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    MediaType type = req.contentType();
    if (type != null && type.type().equals("application") && type.subtype().startsWith("grpc")) {
      return call(ctx, req);
    }
    Optional<PathNames.Named> named;
    try {
      queries.check(ctx);
      named = paths.of(ctx);
      named.ifPresent(it -> it.checkQuery(ctx));
    } catch (RuntimeException e) {
      ErrorView view = ErrorMapper.view(e, failures.requestId(ctx));
      AccessLog.refused(ctx, view.reason());
      return OpenAiErrors.response(view);
    }
    // A transcoded body is collected whole before it is read.
    ctx.setMaxRequestLength(bodyBytesMax);
    HttpRequest watched = pace.watch(ctx, req);
    ctx.updateRequest(watched);
    return (named.filter(PathNames.Named::isToldInBody).isPresent()
            ? compared(ctx, watched, named.get())
            : transcoded(ctx, watched))
        .recover(failure -> failed(ctx, failure))
        .mapHeaders(headers -> plain(ctx, headers));
  }

  private HttpResponse transcoded(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    return ((HttpService) unwrap()).serve(ctx, req);
  }

  private HttpResponse compared(ServiceRequestContext ctx, HttpRequest req, PathNames.Named named) {
    return HttpResponse.of(
        req.aggregate(ctx.eventLoop())
            .thenApply(whole -> {
              named.checkBody(whole.content().array());
              HttpRequest again = whole.toHttpRequest();
              ctx.updateRequest(again);
              try {
                return transcoded(ctx, again);
              } catch (Exception e) {
                return HttpResponse.ofFailure(e);
              }
            }));
  }

  /** Streams of messages pass as they are: their readers count them. */
  private HttpResponse call(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    HttpRequest call = req;
    ServerMethodDefinition<?, ?> method = routed.methodDefinition(ctx);
    if (method != null && method.getMethodDescriptor().getType().clientSendsOneMessage()) {
      call = pace.watchCall(ctx, req, bodyBytesMax);
      ctx.updateRequest(call);
    }
    return ((HttpService) unwrap()).serve(ctx, call);
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
      Throwable cause = readable(ctx, failure);
      HubError known = unexpected.known(cause);
      view =
          known != null
              ? ErrorMapper.view(known)
              : ErrorMapper.view(cause, failures.requestId(ctx));
      AccessLog.refused(ctx, view.reason());
    }
    return OpenAiErrors.response(view);
  }

  /** What the transcoder refuses before any message exists. */
  private static Throwable readable(ServiceRequestContext ctx, Throwable failure) {
    Throwable cause = failure.getCause();
    boolean refusal =
        failure instanceof HttpStatusException e
            && e.httpStatus().isClientError()
            && cause instanceof IllegalArgumentException;
    return refusal
        ? new HubException(
            ctx.method() == HttpMethod.GET
                ? new HubError.InvalidRequest(
                    "query", "a parameter that cannot be read", "parameters of the right type")
                : new HubError.InvalidRequest(
                    "body", "no JSON, or JSON that is no object", "a JSON object"))
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
