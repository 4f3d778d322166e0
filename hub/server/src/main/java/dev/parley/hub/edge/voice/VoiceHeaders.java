package dev.parley.hub.edge.voice;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;

/** What callers say of a change in headers, which are the metadata of gRPC, too. */
public final class VoiceHeaders {

  private static final String KEY = "idempotency-key";

  private VoiceHeaders() {}

  /** The key of a request that may be repeated; empty: none. */
  public static String idempotencyKey(RequestHeaders headers) {
    return headers.get(KEY, "");
  }

  /** The etag that the voice must still have; empty: any. */
  public static String etag(RequestHeaders headers) {
    String given = headers.get(HttpHeaderNames.IF_MATCH, "").strip();
    if (given.equals("*")) {
      return "";
    }
    String strong = given.startsWith("W/") ? given.substring(2) : given;
    boolean quoted = strong.length() > 1 && strong.startsWith("\"") && strong.endsWith("\"");
    return quoted ? strong.substring(1, strong.length() - 1) : strong;
  }
}
