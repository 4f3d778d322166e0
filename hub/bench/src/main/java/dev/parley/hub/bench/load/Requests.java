package dev.parley.hub.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The requests that the load consists of, as bytes on the wire. */
public final class Requests {

  private static final String MESSAGES =
      "\"messages\":[{\"role\":\"system\",\"content\":\"You answer in one short sentence.\"},"
          + "{\"role\":\"user\",\"content\":\"Say something that is as short as this question.\"}]";

  private Requests() {}

  /**
   * A small chat request, answered whole.
   *
   * @param headers more of them, each with its end of line; may be empty
   */
  public static byte[] call(String path, String headers) {
    return post(
        path,
        headers,
        "{\"model\":\"bench\","
            + MESSAGES
            + ",\"temperature\":0.2,\"max_tokens\":64,\"user\":\"b\"}");
  }

  /**
   * A chat request whose answer is streamed.
   *
   * @param headers more of them, each with its end of line; may be empty
   * @param gapMillis between two deltas; 0 for full speed
   */
  public static byte[] stream(String path, String headers, int deltas, int gapMillis) {
    return post(
        path,
        headers,
        "{\"model\":\"bench\","
            + MESSAGES
            + ",\"stream\":true,\"x_deltas\":"
            + deltas
            + ",\"x_gap_ms\":"
            + gapMillis
            + "}");
  }

  private static byte[] post(String path, String headers, String body) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: parley-bench\r\naccept: */*\r\n"
            + headers
            + "content-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(US_ASCII);
  }
}
