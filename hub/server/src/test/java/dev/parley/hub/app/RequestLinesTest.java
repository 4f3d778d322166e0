package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.parley.core.json.JsonValue;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Each request has one line, whatever became of it. */
@Timeout(30)
class RequestLinesTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  static Path data;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static ObservedHub hub;

  @BeforeAll
  static void start() throws Exception {
    hub = new ObservedHub(data, "");
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static String text(JsonValue line, String key) {
    return Objects.requireNonNull(line.get(key), () -> key + " in " + line.raw()).asString();
  }

  private static long number(JsonValue line, String key) {
    return (long) Objects.requireNonNull(line.get(key), () -> key + " in " + line.raw()).asDouble();
  }

  @Test
  void aCallTellsOfItselfAndOfItsRequest() throws Exception {
    assertThat(hub.send(hub.chat("gpt-4o-mini", "")).statusCode()).isEqualTo(200);
    JsonValue line = hub.line();
    assertThat(text(line, "call")).isEqualTo("chat");
    assertThat(text(line, "outcome")).isEqualTo("ok");
    assertThat(text(line, "backend")).isEqualTo("openai");
    assertThat(text(line, "route")).isEqualTo(ObservedHub.CHAT);
    assertThat(text(line, "method")).isEqualTo("POST");
    assertThat(text(line, "protocol")).isEqualTo("http1");
    assertThat(text(line, "client")).isEqualTo("127.0.0.1");
    assertThat(number(line, "status")).isEqualTo(200);
    assertThat(number(line, "bytes_in")).isGreaterThan(50);
    assertThat(number(line, "bytes_out")).isGreaterThan(50);
    assertThat(line.raw()).doesNotContain("secret word");
    assertThat(hub.hasLines()).isFalse();
  }

  @Test
  void soDoesAStream() throws Exception {
    assertThat(hub.send(hub.chat("gpt-4o-mini", ",\"stream\":true")).body()).contains("[DONE]");
    JsonValue line = hub.line();
    assertThat(text(line, "outcome")).isEqualTo("ok");
    assertThat(number(line, "status")).isEqualTo(200);
    assertThat(number(line, "bytes_out")).isGreaterThan(100);
    assertThat(hub.hasLines()).isFalse();
  }

  @Test
  void aCallThatCannotBePlannedHasOneLine() throws Exception {
    assertThat(hub.send(hub.chat("nobody", "")).statusCode()).isEqualTo(404);
    JsonValue line = hub.line();
    assertThat(text(line, "outcome")).isEqualTo("not_found");
    assertThat(number(line, "status")).isEqualTo(404);
    assertThat(hub.hasLines()).isFalse();
  }

  @Test
  void whatNeverBecameACallHasOneLine() throws Exception {
    assertThat(hub.get("/v1/models").statusCode()).isEqualTo(200);
    JsonValue models = hub.line();
    assertThat(text(models, "call")).isEqualTo("request");
    assertThat(text(models, "outcome")).isEqualTo("ok");
    assertThat(text(models, "route")).isEqualTo("/v1/models");

    assertThat(hub.get("/nothing/here?key=sk-1").statusCode()).isEqualTo(404);
    JsonValue unknown = hub.line();
    assertThat(text(unknown, "outcome")).isEqualTo("ROUTE_NOT_FOUND");
    assertThat(unknown.raw()).doesNotContain("nothing", "sk-1");

    assertThat(hub.send(hub.posting(ObservedHub.CHAT, "{")).statusCode()).isEqualTo(400);
    JsonValue refused = hub.line();
    assertThat(text(refused, "call")).isEqualTo("chat");
    assertThat(number(refused, "status")).isEqualTo(400);

    assertThat(hub.send(hub.request("/v1/models").DELETE()).statusCode()).isEqualTo(405);
    assertThat(number(hub.line(), "status")).isEqualTo(405);

    assertThat(hub.get("/api/models").statusCode()).isEqualTo(200);
    assertThat(text(hub.line(), "route")).isEqualTo("/api/models");

    assertThat(
            hub.send(
                    hub.request("/audio/convert")
                        .header("content-type", "text/plain")
                        .POST(BodyPublishers.ofString("x")))
                .statusCode())
        .isGreaterThanOrEqualTo(400);
    assertThat(text(hub.line(), "call")).isEqualTo("convert");
    assertThat(hub.hasLines()).isFalse();
  }

  @Test
  void whatIsNoRequestHasOneLine() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
      OutputStream out = socket.getOutputStream();
      out.write("GET /\u0001 HTTP/9.9\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(socket.getInputStream().read()).isNotNegative();
    }
    JsonValue line = hub.line();
    assertThat(text(line, "call")).isEqualTo("request");
    assertThat(number(line, "status")).isEqualTo(400);
  }

  @Test
  void aCallerThatLeavesIsCancelled() throws IOException, InterruptedException {
    hub.backend().enqueue(Behaviour.usual().gatedAfter(0, new Gate()));
    byte[] body =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            .getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json"
                      + "\r\ncontent-length: "
                      + body.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      hub.backend().awaitRequest(ObservedHub.CHAT, Duration.ofSeconds(10));
    }
    assertThat(text(hub.line(), "outcome")).isEqualTo("cancelled");
  }

  @Test
  void looksAtTheHubAreNotTold() throws Exception {
    for (String path : new String[] {"/health", "/healthz", "/readyz", "/metrics"}) {
      assertThat(hub.get(path).statusCode()).isEqualTo(200);
    }
    hub.get("/v1/models");
    assertThat(text(hub.line(), "route")).isEqualTo("/v1/models");
    assertThat(hub.hasLines()).isFalse();
  }

  @Test
  void boundsWhatTheCallerSays() throws Exception {
    String model = "m".repeat(5_000);
    hub.send(hub.chat(model, "").header("x-request-id", "an-id").header("x-parley-session", "s1"));
    JsonValue line = hub.line();
    assertThat(text(line, "model")).hasSize(128);
    assertThat(text(line, "request_id")).isEqualTo("an-id");
    assertThat(line.raw().length()).isLessThan(1_000);
  }

  @Test
  void levelsOfLogsFollowTheConfiguration() throws Exception {
    Logger routing = (Logger) LoggerFactory.getLogger("dev.parley.hub.routing");
    hub.apply(
        "telemetry: { log: { levels: { dev.parley.hub.routing: trace, parley.calls: warn } } }");
    assertThat(routing.isTraceEnabled()).isTrue();
    hub.get("/v1/models");
    // An answer is there before its end is told of; behind the next one on its connection it is.
    hub.get("/healthz");
    hub.apply("");
    assertThat(routing.isTraceEnabled()).isFalse();
    hub.get("/api/models");
    assertThat(text(hub.line(), "route")).isEqualTo("/api/models");
  }
}
