package dev.parley.hub.edge.access;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller shows as his key: {@code authorization: Bearer}, {@code x-api-key}, {@code
 * api-key}, or from a browser's WebSocket, which can set no headers, a subprotocol.
 */
sealed interface Credentials {

  List<AsciiString> PLAIN = List.of(AsciiString.cached("x-api-key"), AsciiString.cached("api-key"));
  AsciiString SUBPROTOCOLS = AsciiString.cached("sec-websocket-protocol");
  String SUBPROTOCOL = "openai-insecure-api-key.";
  String BEARER = "bearer ";

  /** Nothing. */
  record None() implements Credentials {}

  /** One key, however often. */
  record One(String shown) implements Credentials {
    @Override
    public String toString() {
      return "One[***]";
    }
  }

  /** Several that differ, so that nobody can say who calls. */
  record Several() implements Credentials {}

  static Credentials of(RequestHeaders headers) {
    Seen seen = new Seen();
    headers.forEachValue(HttpHeaderNames.AUTHORIZATION, seen::bearer);
    for (AsciiString name : PLAIN) {
      headers.forEachValue(name, seen::add);
    }
    headers.forEachValue(SUBPROTOCOLS, seen::subprotocols);
    return seen.all();
  }

  /** The keys that were found so far, as far as that matters. */
  final class Seen {

    private @Nullable String first;
    private boolean differ;

    private void bearer(String value) {
      if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        add(value.substring(BEARER.length()));
      }
    }

    private void subprotocols(String value) {
      for (String protocol : value.split(",", -1)) {
        String name = protocol.strip();
        if (name.startsWith(SUBPROTOCOL)) {
          add(name.substring(SUBPROTOCOL.length()));
        }
      }
    }

    private void add(String value) {
      String key = value.strip();
      if (key.isEmpty()) {
        return;
      }
      if (first == null) {
        first = key;
      } else if (!first.equals(key)) {
        differ = true;
      }
    }

    private Credentials all() {
      if (first == null) {
        return new None();
      }
      return differ ? new Several() : new One(first);
    }
  }
}
