package dev.parley.adapters.http;

import java.net.URI;

/**
 * A backend's base URL, cut into what a client needs. Operators write it with and without the
 * {@code /v1} of OpenAI's routes; both mean the same server.
 *
 * @param tls whether the scheme is https
 * @param authority host and port
 * @param root path under which the server's own routes ({@code /health}) lie; empty or {@code /x}
 */
record BaseUrl(boolean tls, String authority, String root) {

  static BaseUrl of(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (path.endsWith("/v1")) {
      path = path.substring(0, path.length() - "/v1".length());
    }
    return new BaseUrl("https".equalsIgnoreCase(uri.getScheme()), uri.getRawAuthority(), path);
  }

  /** Where the client connects; plain HTTP is spoken as HTTP/1.1, which every backend knows. */
  String clientUri() {
    return (tls ? "https://" : "h1c://") + authority;
  }

  /** Where sockets are opened. */
  String socketUri() {
    return (tls ? "wss://" : "ws+h1c://") + authority;
  }
}
