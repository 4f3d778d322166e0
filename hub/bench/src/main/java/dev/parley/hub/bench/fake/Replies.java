package dev.parley.hub.bench.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** The bytes that the backend sends, made once. Each buffer is sent as a retained duplicate. */
final class Replies {

  /** Deltas in one write of a stream at full speed. */
  static final int BURST = 16;

  private static final String CHUNK_HEAD =
      "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
          + "\"model\":\"bench\",\"choices\":[";
  private static final String DELTA =
      CHUNK_HEAD
          + "{\"index\":0,\"delta\":{\"content\":\"token \"},\"logprobs\":null,"
          + "\"finish_reason\":null}]";
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":24,\"completion_tokens\":12,\"total_tokens\":36}";
  private static final String STAMP_ZERO = "0000000000000000000";

  static final ByteBuf COMPLETION =
      whole(
          "200 OK",
          "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1700000000,"
              + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
              + "\"content\":\"A short answer, as short answers are.\",\"refusal\":null},"
              + "\"logprobs\":null,\"finish_reason\":\"stop\"}],"
              + USAGE
              + "}");
  static final ByteBuf MODELS =
      whole(
          "200 OK",
          "{\"object\":\"list\",\"data\":[{\"id\":\"bench\",\"object\":\"model\","
              + "\"created\":1700000000,\"owned_by\":\"bench\"}]}");
  static final ByteBuf HEALTH = whole("200 OK", "{\"status\":\"ok\"}");
  static final ByteBuf UNKNOWN =
      whole("404 Not Found", "{\"error\":{\"message\":\"no such path\"}}");
  static final ByteBuf NOT_HTTP1 =
      bytes("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  static final ByteBuf STREAM_HEAD =
      bytes(
          String.join(
              "\r\n",
              "HTTP/1.1 200 OK",
              "content-type: text/event-stream; charset=utf-8",
              "cache-control: no-cache",
              "transfer-encoding: chunked",
              "",
              ""));
  static final ByteBuf ONE = event(DELTA + "}");
  static final ByteBuf MANY = bytes(ONE.toString(US_ASCII).repeat(BURST));
  static final ByteBuf USAGE_EVENT = event(CHUNK_HEAD + "]," + USAGE + "}");
  static final ByteBuf STREAM_END = bytes(event("[DONE]").toString(US_ASCII) + "0\r\n\r\n");

  private static final ByteBuf STAMPED = event(DELTA + ",\"x_sent_ns\":\"" + STAMP_ZERO + "\"}");
  private static final int STAMP_END =
      STAMPED.toString(US_ASCII).indexOf(STAMP_ZERO) + STAMP_ZERO.length();

  private Replies() {}

  /**
   * A delta which carries the time of its sending, in nanoseconds of the machine's monotonic clock.
   */
  static ByteBuf stamped(ByteBufAllocator memory, long nanos) {
    ByteBuf event = memory.directBuffer(STAMPED.readableBytes()).writeBytes(STAMPED.duplicate());
    long rest = nanos;
    for (int at = STAMP_END - 1; rest > 0; at--) {
      event.setByte(at, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    return event;
  }

  private static ByteBuf event(String data) {
    String event = "data: " + data + "\n\n";
    return bytes(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }

  static ByteBuf whole(String status, String body) {
    return bytes(
        "HTTP/1.1 "
            + status
            + "\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  static ByteBuf bytes(String text) {
    byte[] ascii = text.getBytes(US_ASCII);
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer(ascii.length).writeBytes(ascii));
  }
}
