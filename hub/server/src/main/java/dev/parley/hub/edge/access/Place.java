package dev.parley.hub.edge.access;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.proto.admin.v1.AdminServiceGrpc;
import dev.parley.proto.v1.UsageServiceGrpc;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.Set;

/** What a request goes to, as far as it decides who may send it. */
enum Place {
  /** How the hub is, and what it offers: balancers and tools ask without a key. */
  QUESTION,
  /** Figures. */
  METRICS,
  /** What the caller itself used. */
  OWN_USAGE,
  /** What the hub is for. */
  SERVICE,
  /** The hub itself. */
  ADMINISTRATION;

  private static final Set<String> QUESTIONS = Set.of("/health", "/healthz", "/readyz");
  private static final Set<String> OPEN_SERVICES =
      Set.of(HealthGrpc.SERVICE_NAME, ServerReflectionGrpc.SERVICE_NAME);
  private static final String OWN_USAGE_SERVICE = "/" + UsageServiceGrpc.SERVICE_NAME + "/";
  private static final String ADMIN_PATH = "/api/admin";
  private static final String ADMIN_SERVICES = adminServices();

  /**
   * Whether the limits of callers hold here. What somebody used is asked for when nothing is left,
   * too, and who administers a hub that is too busy is the one who can raise its limits. What holds
   * for addresses holds everywhere.
   */
  boolean isLimited() {
    return switch (this) {
      case QUESTION, METRICS, SERVICE -> true;
      case OWN_USAGE, ADMINISTRATION -> false;
    };
  }

  /** Whatever shape a path of the administration has, it is one. */
  static Place of(ServiceRequestContext ctx) {
    String path = ctx.path();
    if (isAdministration(path)
        || isAdministration(ctx.decodedPath())
        || isAdministration(ctx.config().route().patternString())) {
      return ADMINISTRATION;
    }
    if (path.equals("/metrics")) {
      return METRICS;
    }
    if (path.equals("/api/usage") || path.startsWith(OWN_USAGE_SERVICE)) {
      return OWN_USAGE;
    }
    int end = path.indexOf('/', 1);
    boolean open =
        end < 0 ? QUESTIONS.contains(path) : OPEN_SERVICES.contains(path.substring(1, end));
    return open ? QUESTION : SERVICE;
  }

  private static boolean isAdministration(String path) {
    return begins(path, ADMIN_SERVICES)
        || (begins(path, ADMIN_PATH)
            && (path.length() == ADMIN_PATH.length() || path.charAt(ADMIN_PATH.length()) == '/'));
  }

  private static boolean begins(String path, String with) {
    return path.regionMatches(true, 0, with, 0, with.length());
  }

  private static String adminServices() {
    String service = AdminServiceGrpc.SERVICE_NAME;
    return "/" + service.substring(0, service.lastIndexOf('.') + 1);
  }
}
