package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.openai.FakeOpenAi;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each phase of a call has its own limit. */
final class TimeoutTest {

  private static final FakeOpenAi openai = new FakeOpenAi();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0, drain_timeout: 1s, heartbeat: 60s }
              backends:
                - id: hasty
                  type: openai
                  base_url: "${OPENAI}"
                  timeouts: { first_byte: 400ms, idle: 400ms }
                - id: brief
                  type: openai
                  base_url: "${OPENAI}"
                  limits: { concurrency: 1, queue: 1 }
                  timeouts: { total: 300ms }
                - id: refusing
                  type: openai
                  base_url: "${REFUSING}"
                  models: [ { id: nobody } ]
              """)
          .behind("OPENAI", openai)
          .knowing("REFUSING", FaultServer.refusing() + "/v1");

  private final Http http = new Http(hub);

  @Test
  void aRefusedConnectionIsAnErrorAtOnce() {
    for (String more : List.of("", ",\"stream\":true")) {
      Reply reply = http.post(Http.CHAT, Http.chatBody("nobody", "hi", more));
      assertThat(reply.error(502).path("message").asText()).contains("connection was refused");
    }
  }

  @Test
  void doesNotWaitForeverForTheFirstByte() throws Exception {
    for (String more : List.of("", ",\"stream\":true")) {
      openai.forgetRequests();
      openai.enqueue(Behaviour.hang());
      timesOut("hasty", more, "first_byte");
      left();
    }
  }

  @Test
  void headersAloneAreNoAnswer() throws Exception {
    for (String more : List.of("", ",\"stream\":true")) {
      openai.forgetRequests();
      openai.enqueue(Behaviour.usual().hangAfter(0));
      timesOut("hasty", more, "first_byte");
      left();
    }
  }

  @Test
  void aStreamThatFallsSilentEndsBroken() throws Exception {
    openai.forgetRequests();
    openai.enqueue(Behaviour.usual().hangAfter(3));
    String answer = streamed("hasty");
    assertThat(answer).contains("timed out in phase idle").doesNotContain("[DONE]");
    assertThat(answer).doesNotEndWith("0\r\n\r\n");
    left();
  }

  @Test
  void aStreamThatGoesOnIsNotIdle() {
    openai.enqueue(Behaviour.usual().paced(Duration.ofMillis(60)));
    Reply reply =
        http.post(
            Http.CHAT, Http.chatBody("hasty/gpt-4o-mini", "[[words 10]]", ",\"stream\":true"));
    assertThat(reply.events()).last().isEqualTo("[DONE]");
  }

  @Test
  void theWholeCallHasALimit() throws Exception {
    openai.forgetRequests();
    openai.enqueue(Behaviour.usual().paced(Duration.ofMillis(60)));
    String answer = streamed("brief", "[[words 40]]");
    assertThat(answer).contains("timed out in phase total").doesNotContain("[DONE]");
    left();
  }

  @Test
  void theWaitInTheQueueCounts() throws Exception {
    openai.enqueue(Behaviour.usual().delayed(Duration.ofSeconds(30)));
    try (RawConnection other = new RawConnection(hub)) {
      other.post(Http.CHAT, Http.chatBody("brief/gpt-4o-mini", "hi", ""));
      Waiting.untilTrue(
          "the first runs", PATIENCE, () -> hub.backend("brief").bulkhead().running() == 1);
      Reply reply = http.post(Http.CHAT, Http.chatBody("brief/gpt-4o-mini", "hi", ""));
      // Which of the two gives up first is up to the machine: either way it is over in time.
      assertThat(reply.status()).isIn(200, 504);
    }
  }

  @Test
  void theCallersOwnDeadlineCounts() throws Exception {
    openai.forgetRequests();
    openai.enqueue(Behaviour.hang());
    Reply reply =
        http.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "hi", ""), "grpc-timeout", "100m");
    assertThat(reply.error(504).path("code").asText()).isEqualTo("timeout");
    left();
  }

  @Test
  void doesNotWaitForeverForAConnection() throws Exception {
    // Behind a full backlog nobody answers a SYN.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<SocketChannel> fillers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SocketChannel filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(full.getLocalSocketAddress());
        fillers.add(filler);
      }
      hub.apply(
          """
          backends:
            - id: deaf
              type: openai
              base_url: "http://127.0.0.1:%d/v1"
              models: [ { id: deaf } ]
              timeouts: { connect: 150ms, first_byte: 5s }
          """
              .formatted(full.getLocalPort()));
      Reply reply = http.post(Http.CHAT, Http.chatBody("deaf", "hi", ""));
      assertThat(reply.error(504).path("message").asText()).contains("phase connect");
      for (SocketChannel filler : fillers) {
        filler.close();
      }
    } finally {
      hub.applyFirst();
    }
  }

  private void timesOut(String backend, String more, String phase) {
    Reply reply = http.post(Http.CHAT, Http.chatBody(backend + "/gpt-4o-mini", "hi", more));
    assertThat(reply.error(504).path("message").asText())
        .contains("phase " + phase + " after 400 ms");
    assertThat(hub.logs().call(reply.requestId()).path("outcome").asText())
        .isEqualTo("timeout_" + phase);
  }

  private static void left() throws InterruptedException {
    RecordedRequest request = openai.awaitRequest(Http.CHAT, PATIENCE);
    assertThat(request.awaitCancelled(PATIENCE)).as("the backend was let go").isTrue();
  }

  private static String streamed(String backend) throws Exception {
    return streamed(backend, "one two three four");
  }

  private static String streamed(String backend, String text) throws Exception {
    try (RawConnection caller = new RawConnection(hub)) {
      return caller
          .post(Http.CHAT, Http.chatBody(backend + "/gpt-4o-mini", text, ",\"stream\":true"))
          .untilClosed();
    }
  }
}
