package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import dev.parley.hub.config.ServerConfig;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.util.Locale;

/** The hub could not open its port; the message says why and what to do. */
public final class CannotListenException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private static final int CAUSES_MAX = 10;

  CannotListenException(ServerConfig server, Throwable cause) {
    super(message(server, reason(cause)), cause);
  }

  private static String message(ServerConfig server, String reason) {
    if (new InetSocketAddress(server.host(), 0).isUnresolved()) {
      return "server.host is "
          + Shown.quoted(server.host())
          + ", which is no address, and no name that this machine knows. Take one that it has,"
          + " such as 127.0.0.1 or :: for all: parley up --host ::";
    }
    String place = server.host() + ", port " + server.port();
    if (reason.contains("in use")) {
      return "something listens on "
          + place
          + " already. Stop it, or take another port: parley up --port N, or server.port in hub.yaml";
    }
    if (reason.contains("permission denied")) {
      return "not allowed to listen on "
          + place
          + ". Ports below 1024 need privileges; take another one: parley up --port 8080";
    }
    if (reason.contains("assign requested address")) {
      return "this machine has no address "
          + server.host()
          + ". Take one that it has, such as 127.0.0.1 or :: for all: parley up --host ::";
    }
    return "cannot listen on " + place + (reason.isEmpty() ? "" : ": " + reason);
  }

  /** The native transports and the JDK word the same trouble in different types. */
  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    for (int i = 0; i < CAUSES_MAX && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    String text = deepest.getMessage();
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
