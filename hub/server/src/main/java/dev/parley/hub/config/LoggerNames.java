package dev.parley.hub.config;

import java.util.List;

/**
 * The loggers whose level can be set. Libraries tell no more than {@code info}: their finer lines
 * may hold what callers said.
 */
final class LoggerNames {

  /** The hub's own. */
  static final String HUB = "dev.parley";

  /** The log of requests and calls. */
  private static final String CALLS = "parley";

  private static final List<String> LIBRARIES =
      List.of(
          "com.linecorp.armeria",
          "io.netty",
          "io.grpc",
          "io.opentelemetry",
          "io.lettuce",
          "com.zaxxer.hikari",
          "org.flywaydb");

  /** What names begin with. */
  static final List<String> ROOTS = Keys.joined(List.of(HUB, CALLS + ".calls"), LIBRARIES);

  private LoggerNames() {}

  static boolean isKnown(String name) {
    return isOwn(name) || LIBRARIES.stream().anyMatch(root -> isBelow(name, root));
  }

  static boolean isOwn(String name) {
    return isBelow(name, HUB) || isBelow(name, CALLS);
  }

  private static boolean isBelow(String name, String root) {
    return name.equals(root) || name.startsWith(root + ".");
  }
}
