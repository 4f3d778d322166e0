package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.logging.RequestLogAccess;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.telemetry.RequestEnd;
import dev.parley.hub.telemetry.RequestFacts;
import dev.parley.hub.telemetry.RequestVisit;
import dev.parley.hub.telemetry.TraceContext;
import dev.parley.hub.telemetry.Tracing;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AttributeKey;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows every request to its end and tells of it once, except those with which balancers and
 * scrapers look after the hub. Stands inside of {@link RequestIds} and outside of everything else.
 */
public final class AccessLog extends SimpleDecoratingHttpService {

  private static final Set<String> UNTOLD =
      Set.of(
          "/health",
          "/healthz",
          "/readyz",
          "/metrics",
          "/grpc.health.v1.Health/Check",
          "/grpc.health.v1.Health/List",
          "/grpc.health.v1.Health/Watch");

  private static final AttributeKey<RequestVisit> VISIT =
      AttributeKey.valueOf(AccessLog.class, "VISIT");

  private final Clock clock;
  private final @Nullable Tracing tracing;
  private final RequestEnd end;

  /**
   * @param tracing gives requests their places in traces; empty where nobody traces
   */
  public AccessLog(HttpService delegate, Clock clock, Optional<Tracing> tracing, RequestEnd end) {
    super(delegate);
    this.clock = clock;
    this.tracing = tracing.orElse(null);
    this.end = end;
  }

  /** What is noted of the request that this context serves; null where it is not told of. */
  public static @Nullable RequestVisit visit(ServiceRequestContext ctx) {
    return ctx.attr(VISIT);
  }

  /** A request that no call comes of is refused for this reason, a word of a fixed set. */
  public static void refused(ServiceRequestContext ctx, String reason) {
    RequestVisit visit = ctx.attr(VISIT);
    if (visit != null) {
      visit.refused(reason);
    }
  }

  /** The hub itself ends the call of this request, for this reason of calls. */
  public static void stopped(ServiceRequestContext ctx, String outcome) {
    RequestVisit visit = ctx.attr(VISIT);
    if (visit != null) {
      visit.stopped(outcome);
    }
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    String route = ctx.config().route().patternString();
    if (!UNTOLD.contains(route)) {
      Tracing.Place place =
          tracing == null ? null : tracing.of(req.headers().get(TraceContext.HEADER));
      RequestVisit visit =
          new RequestVisit(
              RequestIds.of(ctx), clock.nanoTime(), clock.epochMillis(), tracing, place, end);
      ctx.setAttr(VISIT, visit);
      Afterwards.run(ctx, () -> visit.answered(facts(ctx, req, route), clock.nanoTime()));
    }
    return unwrap().serve(ctx, req);
  }

  private static RequestFacts facts(ServiceRequestContext ctx, HttpRequest req, String route) {
    RequestLogAccess log = ctx.log();
    KeyConfig key = Visitors.of(ctx).orElse(null);
    return new RequestFacts(
        route,
        req.method().name(),
        log.isAvailable(RequestLogProperty.RESPONSE_HEADERS)
            ? log.partial().responseStatus().code()
            : 0,
        protocol(ctx, req),
        log.isAvailable(RequestLogProperty.REQUEST_LENGTH) ? log.partial().requestLength() : -1,
        log.isAvailable(RequestLogProperty.RESPONSE_LENGTH) ? log.partial().responseLength() : -1,
        ctx.remoteAddress().getAddress().getHostAddress(),
        key == null ? "" : key.name(),
        key == null ? "" : key.owner(),
        ClientSubject.of(ctx));
  }

  private static String protocol(ServiceRequestContext ctx, HttpRequest req) {
    MediaType type = req.contentType();
    if (type != null && type.subtype().startsWith("grpc")) {
      return type.subtype().startsWith("grpc-web") ? "grpc-web" : "grpc";
    }
    boolean upgrade =
        req.headers().contains(HttpHeaderNames.UPGRADE, "websocket")
            || "websocket".equals(req.headers().get(":protocol"));
    if (upgrade) {
      return "ws";
    }
    return ctx.sessionProtocol().isMultiplex() ? "http2" : "http1";
  }
}
