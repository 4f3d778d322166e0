package dev.parley.testkit.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One request as a fake received it, and what became of its caller. Safe for any thread; times are
 * {@link System#nanoTime()}.
 */
public final class RecordedRequest {
  private final String method;
  private final String target;
  private final HttpHeaders headers;
  private final byte[] body;
  private final String connection;
  private final long receivedNanos = System.nanoTime();
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile long leftNanos;

  RecordedRequest(
      String method, String target, HttpHeaders headers, byte[] body, String connection) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.connection = connection;
  }

  /** The HTTP method in capitals. */
  public String method() {
    return method;
  }

  /** The path as sent, still percent-encoded, without the query. */
  public String path() {
    var query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Path and query as sent. */
  public String target() {
    return target;
  }

  /** All header fields; names are lower case. */
  public HttpHeaders headers() {
    return headers;
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Every value of a header. */
  public List<String> headerValues(String name) {
    return headers.getAll(name);
  }

  /** The body's bytes; a copy. */
  public byte[] body() {
    return body.clone();
  }

  /** The body's size in bytes. */
  public int bodySize() {
    return body.length;
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, UTF_8);
  }

  /**
   * The body as JSON.
   *
   * @throws java.io.UncheckedIOException if it is not JSON
   */
  public JsonNode json() {
    return Json.read(body);
  }

  /** The caller's address and port: equal for two requests that shared a connection. */
  public String connection() {
    return connection;
  }

  /** When the whole request had arrived. */
  public long receivedNanos() {
    return receivedNanos;
  }

  /**
   * Whether the caller left (closed its connection or reset its stream) before the answer was
   * complete.
   */
  public boolean cancelled() {
    return left.getCount() == 0;
  }

  /** When the caller's departure was seen. */
  public OptionalLong cancelledNanos() {
    return cancelled() ? OptionalLong.of(leftNanos) : OptionalLong.empty();
  }

  /**
   * Waits until the caller's departure is seen; false when the time ran out or the answer was
   * completed first.
   */
  public boolean awaitCancelled(Duration limit) throws InterruptedException {
    return awaitOver(limit) && cancelled();
  }

  /** Waits until the exchange is over in whatever way; false when the time ran out. */
  public boolean awaitOver(Duration limit) throws InterruptedException {
    return over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The first of the two marks holds. */
  synchronized void markCancelled() {
    if (over.getCount() > 0) {
      leftNanos = System.nanoTime();
      left.countDown();
      over.countDown();
    }
  }

  synchronized void markOver() {
    over.countDown();
  }

  @Override
  public String toString() {
    return method + " " + target + " (" + body.length + " bytes)";
  }
}
