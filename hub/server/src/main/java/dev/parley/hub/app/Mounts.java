package dev.parley.hub.app;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.RoutePathType;
import com.linecorp.armeria.server.ServerBuilder;
import dev.parley.hub.edge.http.LateReset;
import dev.parley.hub.edge.http.UnknownRoute;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Puts services at paths, and remembers which methods each path takes. Not thread-safe. */
final class Mounts {

  private final ServerBuilder server;
  private final Map<String, Set<HttpMethod>> methods = new HashMap<>();

  Mounts(ServerBuilder server) {
    this.server = server;
  }

  /** At this path alone. Whatever can be got can be asked for its head, as balancers do. */
  void add(HttpMethod method, String path, HttpService service) {
    add(Route.builder().methods(withHead(method)).exact(path).build(), service);
    know(path, withHead(method));
  }

  /** At all paths that a pattern like {@code /things/{id}} or {@code prefix:/things/} matches. */
  void addBelow(HttpMethod method, String pattern, HttpService service) {
    add(Route.builder().methods(withHead(method)).path(pattern).build(), service);
  }

  /** For forms only: with another body, or none, the path is the schema's own, or nobody's. */
  void addForm(String path, HttpService service) {
    add(
        Route.builder()
            .methods(HttpMethod.POST)
            .path(path)
            .consumes(MediaType.MULTIPART_FORM_DATA)
            .build(),
        service);
    know(path, Set.of(HttpMethod.POST));
  }

  /** Where this route says. */
  void add(Route route, HttpService service) {
    server.service(route, new LateReset(service));
  }

  /** Where the service itself says. Methods of gRPC have names, which are no paths to callers. */
  void add(HttpServiceWithRoutes service) {
    for (Route route : service.routes()) {
      add(route, service);
      if (route.pathType() == RoutePathType.EXACT
          && !route.patternString().startsWith("/parley.")) {
        know(route.patternString(), route.methods());
      }
    }
  }

  private void know(String path, Set<HttpMethod> taken) {
    methods.computeIfAbsent(path, _ -> EnumSet.noneOf(HttpMethod.class)).addAll(taken);
  }

  /** Answers wherever nothing else does. Comes last. */
  void addUnknown() {
    server.serviceUnder("/", new LateReset(new UnknownRoute(methods)));
  }

  private static Set<HttpMethod> withHead(HttpMethod method) {
    return method == HttpMethod.GET ? EnumSet.of(HttpMethod.GET, HttpMethod.HEAD) : Set.of(method);
  }
}
