package dev.parley.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.backend.Http;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FaultServerTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String JSON = "{\"a\":\"0123456789\"}";

  private final Http http = new Http();

  @AfterEach
  void stop() {
    http.close();
  }

  static Stream<List<FaultStep>> brokenAnswers() {
    return Stream.of(
        Faults.closeWithoutAnswer(),
        Faults.resetBeforeHeaders(),
        Faults.halfReply(JSON),
        Faults.resetMidBody(JSON),
        Faults.junk(),
        Faults.contentLengthTooLong(JSON, 5),
        Faults.giganticHeader(1 << 20),
        Faults.cutMidChunk("data: {}\n\n"));
  }

  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void breaksTheExchange(List<FaultStep> script) {
    try (var server = FaultServer.start(script)) {
      assertThatThrownBy(() -> http.post(server.baseUri(), JSON)).isInstanceOf(IOException.class);
      assertThat(server.connections()).isPositive();
    }
  }

  static Stream<List<FaultStep>> answersThatArrive() {
    return Stream.of(
        Faults.whole(JSON),
        Faults.slowLoris(JSON, Duration.ofNanos(1000)),
        Faults.junkBeforeJson(JSON),
        Faults.earlyAnswer(429, JSON),
        Faults.wrongContentType("text/html", JSON));
  }

  @ParameterizedTest
  @MethodSource("answersThatArrive")
  void answersOddly(List<FaultStep> script) throws Exception {
    try (var server = FaultServer.start(script)) {
      assertThat(http.post(server.baseUri(), JSON).body()).endsWith(JSON);
    }
  }

  @Test
  void answersBeforeALargeUploadIsRead() throws Exception {
    try (var server = FaultServer.start(Faults.earlyAnswer(413, JSON));
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.baseUri().getPort())) {
      socket
          .getOutputStream()
          .write("POST / HTTP/1.1\r\ncontent-length: 99\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 413")
          .endsWith(JSON);
    }
  }

  @Test
  void cutsContentShort() throws Exception {
    try (var server = FaultServer.start(Faults.contentLengthTooShort(JSON, 3))) {
      assertThat(http.post(server.baseUri(), JSON).body())
          .isEqualTo(JSON.substring(0, JSON.length() - 3));
    }
  }

  @Test
  void truncatesGzip() throws Exception {
    try (var server = FaultServer.start(Faults.truncatedGzip(JSON))) {
      var reply = http.post(server.baseUri(), JSON);
      assertThat(reply.headers().firstValue("content-encoding")).contains("gzip");
    }
  }

  @Test
  void redirectsForEver() throws Exception {
    try (var server = FaultServer.start(Faults.redirect("/again"))) {
      assertThat(http.get(server.baseUri()).headers().firstValue("location")).contains("/again");
      assertThat(http.get(server.baseUri().resolve("/again")).statusCode()).isEqualTo(307);
    }
  }

  @Test
  void staysSilentAndSeesTheCallerLeave() throws Exception {
    try (var server = FaultServer.start(Faults.silent())) {
      var reply = http.postAsync(server.baseUri(), JSON);
      assertThat(server.awaitConnections(1, LIMIT)).isTrue();
      assertThat(reply).isNotDone();
      reply.cancel(true);
      assertThat(server.awaitDepartures(1, LIMIT)).isTrue();
    }
  }

  @Test
  void usesQueuedScriptsFirst() throws Exception {
    try (var server = FaultServer.start(Faults.whole(JSON))) {
      server.enqueue(Faults.wrongContentType("text/plain", "first"));
      assertThat(http.post(server.baseUri(), JSON).body()).isEqualTo("first");
      assertThat(http.post(server.baseUri(), JSON).body()).isEqualTo(JSON);
    }
  }

  @Test
  void namesAnAddressThatRefuses() {
    URI nobody = FaultServer.refusing();
    assertThatThrownBy(() -> http.get(nobody)).isInstanceOf(ConnectException.class);
  }
}
