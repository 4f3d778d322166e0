package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How events stand in a body. */
public final class ServerSentEvents {

  /** A comment, which readers skip. */
  public static final HttpData COMMENT = HttpData.ofAscii(": ping\n\n");

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

  private ServerSentEvents() {}

  /** The headers of such a body, which nobody between here and the reader may keep back. */
  public static ResponseHeadersBuilder head() {
    return ResponseHeaders.builder(HttpStatus.OK)
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, no-transform")
        .set("x-accel-buffering", "no");
  }

  /**
   * An event without a name.
   *
   * @param json without line breaks
   */
  public static HttpData event(byte[] json) {
    return event(DATA, json);
  }

  /**
   * An event of that name.
   *
   * @param json without line breaks
   */
  public static HttpData event(String name, byte[] json) {
    return event(("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII), json);
  }

  private static HttpData event(byte[] prefix, byte[] json) {
    byte[] out = Arrays.copyOf(prefix, prefix.length + json.length + 2);
    System.arraycopy(json, 0, out, prefix.length, json.length);
    out[out.length - 2] = '\n';
    out[out.length - 1] = '\n';
    return HttpData.wrap(out);
  }
}
