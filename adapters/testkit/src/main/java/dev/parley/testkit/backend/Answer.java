package dev.parley.testkit.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One HTTP answer: status, headers, and the body as the frames in which it is written. A streamed
 * answer goes out chunked, any other with a Content-Length.
 */
public record Answer(
    int status, Map<String, String> headers, List<byte[]> frames, boolean streamed) {

  /** Copies the containers; the frames themselves are shared and must not change. */
  public Answer {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status " + status + " (expected: 200..599)");
    }
    headers = Map.copyOf(headers);
    frames = List.copyOf(frames);
  }

  /** A whole body of any type. */
  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("content-type", contentType), List.of(body), false);
  }

  /** A whole JSON body. */
  public static Answer json(int status, JsonNode body) {
    return of(status, "application/json", Json.write(body).getBytes(UTF_8));
  }

  /** A whole text body. */
  public static Answer text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body.getBytes(UTF_8));
  }

  /** Status without a body or a content type. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), List.of(), false);
  }

  /** A server-sent event stream; every frame is written as it stands, blank line included. */
  public static Answer events(List<String> frames) {
    return streamed("text/event-stream; charset=utf-8", frames);
  }

  /** A streamed answer of another type. */
  public static Answer streamed(String contentType, List<String> frames) {
    return new Answer(
        200,
        Map.of("content-type", contentType, "cache-control", "no-cache"),
        frames.stream().map(f -> f.getBytes(UTF_8)).toList(),
        true);
  }

  /** The frame of one server-sent event. */
  public static String event(JsonNode data) {
    return "data: " + Json.write(data) + "\n\n";
  }

  /** This answer with more headers. */
  public Answer with(Map<String, String> more) {
    var all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Answer(status, all, frames, streamed);
  }

  /** This answer cut into frames of at most so many bytes, wherever that falls. */
  Answer cutInto(int bytes) {
    var all = body();
    var cut = new ArrayList<byte[]>();
    for (var from = 0; from < all.length; from += bytes) {
      cut.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + bytes)));
    }
    return new Answer(status, headers, cut, streamed);
  }

  /** This answer's first frames, then one other. */
  Answer endingWith(int after, byte[] frame) {
    var cut = new ArrayList<>(frames.subList(0, Math.min(after, frames.size())));
    cut.add(frame);
    return new Answer(status, headers, cut, streamed);
  }

  /** All frames joined. */
  public byte[] body() {
    var joined = new ByteArrayOutputStream();
    frames.forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}
