package dev.parley.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.testkit.fault.FaultStep.AwaitHead;
import dev.parley.testkit.fault.FaultStep.AwaitRequest;
import dev.parley.testkit.fault.FaultStep.Close;
import dev.parley.testkit.fault.FaultStep.Drip;
import dev.parley.testkit.fault.FaultStep.Freeze;
import dev.parley.testkit.fault.FaultStep.Hang;
import dev.parley.testkit.fault.FaultStep.Reset;
import dev.parley.testkit.fault.FaultStep.Send;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The usual faults as scripts for one connection each. */
public final class Faults {
  private static final String JSON_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
  private static final String SSE_HEAD =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

  private Faults() {}

  /** Takes the connection and never answers. */
  public static List<FaultStep> silent() {
    return List.of(new Hang());
  }

  /** Takes the connection and is then as if cut off: neither reads nor answers nor closes. */
  public static List<FaultStep> frozen() {
    return List.of(new Freeze());
  }

  /** Reads the request's head and then nothing more of a body that is on its way. */
  public static List<FaultStep> uploadUnread() {
    return List.of(new AwaitHead(), new Freeze());
  }

  /** Half of a JSON body, then neither more of it nor an end. */
  public static List<FaultStep> frozenMidBody(String json) {
    var half = json.substring(0, json.length() / 2);
    return List.of(
        new AwaitRequest(), send(JSON_HEAD + length(json) + "\r\n\r\n" + half), new Freeze());
  }

  /** Takes the connection and closes it at once: within the handshake, if there is to be one. */
  public static List<FaultStep> closeAtOnce() {
    return List.of(new Close());
  }

  /** Takes the connection and resets it at once: within the handshake, if there is to be one. */
  public static List<FaultStep> resetAtOnce() {
    return List.of(new Reset());
  }

  /** Speaks before it is spoken to, and no TLS: what a https URL of a plain port meets. */
  public static List<FaultStep> plainText() {
    return List.of(
        send("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        new Close());
  }

  /** The head of an answer without an end, one header after the other; at most so many. */
  public static List<FaultStep> endlessHead(int headers) {
    return List.of(
        new AwaitRequest(), send(JSON_HEAD + "x-more: more\r\n".repeat(headers)), new Hang());
  }

  /** The head of an answer and half of its body, a byte at a time, and no end. */
  public static List<FaultStep> slowLorisWithoutEnd(String json, Duration perByte) {
    var half = json.substring(0, json.length() / 2);
    var answer = send(JSON_HEAD + length(json) + "\r\n\r\n" + half);
    return List.of(new AwaitRequest(), new Drip(answer, perByte), new Hang());
  }

  /** A correct event stream as far as HTTP goes, with other text in it. */
  public static List<FaultStep> eventStream(String text) {
    return wrongContentType("text/event-stream", text);
  }

  /** Reads the request, then closes without a byte. */
  public static List<FaultStep> closeWithoutAnswer() {
    return List.of(new AwaitRequest(), new Close());
  }

  /** Reads the request, then resets. */
  public static List<FaultStep> resetBeforeHeaders() {
    return List.of(new AwaitRequest(), new Reset());
  }

  /** A whole, correct answer: what the broken ones are compared with. */
  public static List<FaultStep> whole(String json) {
    return answer(JSON_HEAD, length(json), json);
  }

  /** Half of a JSON body, then an orderly close. */
  public static List<FaultStep> halfReply(String json) {
    return answer(JSON_HEAD, length(json), json.substring(0, json.length() / 2));
  }

  /** Half of a JSON body, then a reset. */
  public static List<FaultStep> resetMidBody(String json) {
    var half = json.substring(0, json.length() / 2);
    return List.of(
        new AwaitRequest(), send(JSON_HEAD + length(json) + "\r\n\r\n" + half), new Reset());
  }

  /** A correct answer, one byte at a time. */
  public static List<FaultStep> slowLoris(String json, Duration perByte) {
    var answer = send(JSON_HEAD + length(json) + "\r\n\r\n" + json);
    return List.of(new AwaitRequest(), new Drip(answer, perByte), new Close());
  }

  /** Bytes that are no HTTP. */
  public static List<FaultStep> junk() {
    return List.of(
        new AwaitRequest(), send("\u0000\u0001SSH-2.0-junk\r\n\u00ff\r\n\r\n"), new Close());
  }

  /** A correct answer whose body has junk before the JSON. */
  public static List<FaultStep> junkBeforeJson(String json) {
    return answer(JSON_HEAD, length("<!-- hello -->" + json), "<!-- hello -->" + json);
  }

  /** One header of so many bytes. */
  public static List<FaultStep> giganticHeader(int bytes) {
    return answer(JSON_HEAD + "x-big: " + "a".repeat(bytes) + "\r\n", length("{}"), "{}");
  }

  /** Answers as soon as the request's head is there and closes with the upload unread. */
  public static List<FaultStep> earlyAnswer(int status, String json) {
    var head = "HTTP/1.1 " + status + " Early\r\ncontent-type: application/json\r\n";
    return List.of(
        new AwaitHead(),
        send(head + length(json) + "\r\nconnection: close\r\n\r\n" + json),
        new Close());
  }

  /** Answers as soon as the request's head is there, keeps the connection and reads no further. */
  public static List<FaultStep> earlyAnswerKept(int status, String json) {
    var head = "HTTP/1.1 " + status + " Early\r\ncontent-type: application/json\r\n";
    return List.of(new AwaitHead(), send(head + length(json) + "\r\n\r\n" + json), new Freeze());
  }

  /** As {@link #earlyAnswer}, but the close is a reset, as unread input makes it. */
  public static List<FaultStep> earlyAnswerReset(int status, String json) {
    var head = "HTTP/1.1 " + status + " Early\r\ncontent-type: application/json\r\n";
    return List.of(
        new AwaitHead(),
        send(head + length(json) + "\r\nconnection: close\r\n\r\n" + json),
        new Reset());
  }

  /** A gzip body whose second half is missing although HTTP says it is complete. */
  public static List<FaultStep> truncatedGzip(String json) {
    var whole = gzip(json);
    var half = Arrays.copyOf(whole, whole.length / 2);
    var head = JSON_HEAD + "content-encoding: gzip\r\ncontent-length: " + half.length + "\r\n\r\n";
    return List.of(new AwaitRequest(), send(head), Send.bytes(half), new Close());
  }

  /** Content-Length promises this many bytes more than come before the close. */
  public static List<FaultStep> contentLengthTooLong(String json, int more) {
    return answer(JSON_HEAD, "content-length: " + (json.getBytes(UTF_8).length + more), json);
  }

  /** Content-Length promises this many bytes fewer than come. */
  public static List<FaultStep> contentLengthTooShort(String json, int fewer) {
    return answer(JSON_HEAD, "content-length: " + (json.getBytes(UTF_8).length - fewer), json);
  }

  /** A JSON body with another content type. */
  public static List<FaultStep> wrongContentType(String contentType, String body) {
    return answer("HTTP/1.1 200 OK\r\ncontent-type: " + contentType + "\r\n", length(body), body);
  }

  /** An event stream: whole events in chunks, then a chunk that ends in its middle. */
  public static List<FaultStep> cutMidChunk(String events) {
    var bytes = events.getBytes(UTF_8);
    return List.of(
        new AwaitRequest(),
        send(SSE_HEAD + Integer.toHexString(bytes.length) + "\r\n" + events + "\r\n"),
        send("40\r\ndata: {\"choices\":["),
        new Close());
  }

  /** An event stream that ends in order as HTTP goes, but without its own end mark. */
  public static List<FaultStep> endWithoutMark(String events) {
    var bytes = events.getBytes(UTF_8);
    return List.of(
        new AwaitRequest(),
        send(SSE_HEAD + Integer.toHexString(bytes.length) + "\r\n" + events + "\r\n0\r\n\r\n"),
        new Close());
  }

  /** A redirect; as every connection gets the same script, it never ends. */
  public static List<FaultStep> redirect(String location) {
    return List.of(
        new AwaitRequest(),
        send(
            "HTTP/1.1 307 Temporary Redirect\r\nlocation: "
                + location
                + "\r\ncontent-length: 0\r\n\r\n"),
        new Close());
  }

  private static List<FaultStep> answer(String head, String lengthHeader, String body) {
    return List.of(new AwaitRequest(), send(head + lengthHeader + "\r\n\r\n" + body), new Close());
  }

  private static String length(String body) {
    return "content-length: " + body.getBytes(UTF_8).length;
  }

  private static Send send(String text) {
    return Send.text(text);
  }

  private static byte[] gzip(String text) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
