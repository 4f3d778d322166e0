package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.load.Requests;
import dev.parley.hub.bench.process.Child;
import dev.parley.hub.bench.process.Servers;

/**
 * One of the ways to the backend that are compared. The backend itself is the way without a proxy.
 *
 * @param headers more headers of requests, each with its end of line
 */
record Contender(Kind kind, Child server, String headers) {

  /** One whose requests need no more headers. */
  Contender(Kind kind, Child server) {
    this(kind, server, "");
  }

  /** In the order of the table. */
  enum Kind {
    DIRECT("direct"),
    NGINX("nginx"),
    HUB("hub"),
    GUARDED("hub, guarded");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private static final String PATH = "/v1/chat/completions";

  byte[] call() {
    return Requests.call(PATH, headers());
  }

  byte[] stream(int deltas, int gapMillis) {
    String path =
        switch (kind) {
          case DIRECT, HUB, GUARDED -> PATH;
          case NGINX -> Servers.UNBUFFERED + PATH;
        };
    return Requests.stream(path, headers(), deltas, gapMillis);
  }

  int port() {
    return server.port();
  }
}
