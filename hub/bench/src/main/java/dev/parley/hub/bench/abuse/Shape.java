package dev.parley.hub.bench.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A kind of request that no honest caller makes. */
enum Shape {
  BOTH_LENGTHS(
      "both lengths",
      post("content-length: 5\r\ntransfer-encoding: chunked\r\n")
          + "0\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
  BAD_CHUNKS("bad chunking", post("transfer-encoding: chunked\r\n") + "zz\r\n{}\r\n0\r\n\r\n"),
  FOLDED("a folded header", get("/v1/models", "x-a: b\r\n content-length: 7\r\n")),
  BOMB("a head of 40 kB", get("/v1/models", "x-a: " + "a".repeat(40_000) + "\r\n")),
  PATHS("path tricks", get("/v1/%2e%2e/..;/models", "")),
  WRONG_KEY("a wrong key", get("/v1/models", "authorization: Bearer sk-parley-wrong\r\n")),
  BROKEN_TEXT(
      "invalid UTF-8", get("/v1/models?a=%ff%fe", "authorization: Bearer \u00ff\u00fe\u0080\r\n")),
  RESETS("rapid resets", resets());

  /** Streams begun and given up at once on each connection. */
  private static final int RESETS_EACH = 700;

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody else has it.
  private final byte[] bytes;

  Shape(String label, String text) {
    this.label = label;
    this.bytes = text.getBytes(ISO_8859_1);
  }

  String label() {
    return label;
  }

  /** How many requests each connection brings. */
  int each() {
    return this == RESETS ? RESETS_EACH : 1;
  }

  byte[] bytes() {
    return bytes;
  }

  private static String get(String path, String more) {
    return "GET " + path + " HTTP/1.1\r\nhost: hub\r\n" + more + "\r\n";
  }

  private static String post(String more) {
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\n"
        + more
        + "\r\n";
  }

  private static String resets() {
    StringBuilder flood =
        new StringBuilder("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
    for (int stream = 1; stream < 2 * RESETS_EACH; stream += 2) {
      String number = "\0\0" + (char) (stream >> 8) + (char) (stream & 0xff);
      // :method GET, :scheme http, :path /, :authority x; then its reset.
      flood.append("\0\0\u0006\u0001\u0005").append(number).append("\u0082\u0086\u0084A\u0001x");
      flood.append("\0\0\u0004\u0003\0").append(number).append("\0\0\0\b");
    }
    return flood.toString();
  }
}
