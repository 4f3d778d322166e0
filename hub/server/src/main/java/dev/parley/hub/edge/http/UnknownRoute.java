package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.model.NearestName;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers what no route takes: a known path with the wrong method, or no such path at all. */
public final class UnknownRoute implements HttpService {

  private static final int PATH_CHARS_MAX = 200;

  /** gRPC's status code. */
  private static final int UNIMPLEMENTED = 12;

  private final Map<String, Set<HttpMethod>> routes;

  /**
   * @param routes the methods of every exact path
   */
  public UnknownRoute(Map<String, Set<HttpMethod>> routes) {
    this.routes = Map.copyOf(routes);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    req.abort();
    String path = ctx.path();
    MediaType type = req.contentType();
    if (type != null && type.subtype().startsWith("grpc")) {
      AccessLog.refused(ctx, "ROUTE_NOT_FOUND");
      return unknownMethod(type);
    }
    Set<HttpMethod> methods = routes.get(path);
    if (methods == null) {
      return refused(ctx, unknown(path));
    }
    String allowed =
        new TreeSet<>(methods).stream().map(HttpMethod::name).collect(Collectors.joining(", "));
    HubError wrong = new HubError.MethodNotAllowed(req.method().name(), allowed);
    return refused(ctx, wrong)
        .mapHeaders(headers -> headers.toBuilder().set("allow", allowed).build());
  }

  private static HttpResponse refused(ServiceRequestContext ctx, HubError error) {
    ErrorView view = ErrorMapper.view(error);
    AccessLog.refused(ctx, view.reason());
    return OpenAiErrors.response(view);
  }

  /** The trailers-only answer that gRPC clients read; reflection lists what there is. */
  private static HttpResponse unknownMethod(MediaType type) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(type)
            .setInt("grpc-status", UNIMPLEMENTED)
            .set("grpc-message", "no such method; server reflection lists the services of this hub")
            .build());
  }

  private HubError unknown(String path) {
    String shown = path.length() <= PATH_CHARS_MAX ? path : path.substring(0, PATH_CHARS_MAX);
    return new HubError.NotFound(
        HubError.NotFound.Kind.ROUTE, shown, NearestName.of(shown, routes.keySet()));
  }
}
