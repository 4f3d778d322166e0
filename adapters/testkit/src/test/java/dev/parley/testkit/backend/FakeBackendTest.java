package dev.parley.testkit.backend;

import static dev.parley.testkit.backend.Http.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testkit.openai.FakeOpenAi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FakeBackendTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String PATH = "/v1/chat/completions";
  private static final String STREAM =
      """
      {"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello there"}]}\
      """;

  private final FakeOpenAi fake = new FakeOpenAi();
  private final Http http = new Http();

  @BeforeEach
  void start() {
    fake.start();
  }

  @AfterEach
  void stop() {
    http.close();
    fake.close();
  }

  @Test
  void recordsWhatItReceived() throws Exception {
    http.post(at(fake, "/chat/completions?x=1"), STREAM, "x-mine", "a");
    var request = fake.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo(PATH);
    assertThat(request.target()).isEqualTo(PATH + "?x=1");
    assertThat(request.header("x-mine")).contains("a");
    assertThat(request.text()).isEqualTo(STREAM);
    assertThat(request.awaitOver(LIMIT)).isTrue();
    assertThat(request.cancelled()).isFalse();
  }

  @Test
  void usesEachScriptedBehaviourOnceAndOnlyForWork() throws Exception {
    fake.enqueue(Behaviour.status(429, "{\"error\":\"a\"}"));
    assertThat(http.get(at(fake, "/models")).statusCode()).isEqualTo(200);
    var refused = http.post(at(fake, "/chat/completions"), STREAM);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).isEqualTo("{\"error\":\"a\"}");
    assertThat(http.post(at(fake, "/chat/completions"), STREAM).statusCode()).isEqualTo(200);
  }

  @Test
  void scriptsOnePath() throws Exception {
    fake.enqueueFor("/v1/models", Behaviour.status(503, "{}"));
    assertThat(http.post(at(fake, "/chat/completions"), STREAM).statusCode()).isEqualTo(200);
    assertThat(http.get(at(fake, "/models")).statusCode()).isEqualTo(503);
  }

  @Test
  void seesTheCallerLeaveBeforeHeaders() throws Exception {
    fake.enqueue(Behaviour.hang());
    leave(fake.baseUri().getPort(), "");
    var left = System.nanoTime();
    var request = fake.awaitRequest(PATH, LIMIT);
    assertThat(request.awaitCancelled(LIMIT)).isTrue();
    assertThat(Duration.ofNanos(request.cancelledNanos().orElseThrow() - left))
        .as("before the second that the HTTP server waits")
        .isLessThan(Duration.ofMillis(900));
  }

  @Test
  void seesTheCallerLeaveInMidStream() throws Exception {
    fake.enqueue(Behaviour.usual().hangAfter(2));
    leave(fake.baseUri().getPort(), "You");
    var request = fake.awaitRequest(PATH, LIMIT);
    assertThat(request.awaitCancelled(LIMIT)).isTrue();
    assertThat(request.cancelledNanos()).isPresent();
  }

  @Test
  void seesTheCallerLeaveWhileAtAGate() throws Exception {
    var gate = new Gate();
    fake.enqueue(Behaviour.usual().gatedAfter(1, gate));
    leave(fake.baseUri().getPort(), "assistant");
    assertThat(gate.awaitReached(LIMIT)).isTrue();
    assertThat(fake.awaitRequest(PATH, LIMIT).awaitCancelled(LIMIT)).isTrue();
  }

  @Test
  void waitsAtAGateUntilReleased() throws Exception {
    var gate = new Gate();
    fake.enqueue(Behaviour.usual().gatedBeforeHeaders(gate));
    var reply = http.postAsync(at(fake, "/chat/completions"), STREAM);
    assertThat(gate.awaitReached(LIMIT)).isTrue();
    assertThat(reply).isNotDone();
    gate.release();
    assertThat(reply.get().body()).endsWith("data: [DONE]\n\n");
  }

  @Test
  void breaksOffAsScripted() {
    fake.enqueue(Behaviour.close());
    fake.enqueue(Behaviour.reset());
    fake.enqueue(Behaviour.usual().closeAfter(2));
    fake.enqueue(Behaviour.usual().resetAfter(2));
    for (var i = 0; i < 4; i++) {
      assertThatThrownBy(() -> http.post(at(fake, "/chat/completions"), STREAM))
          .isInstanceOf(IOException.class);
    }
    assertThat(fake.requests(PATH)).noneMatch(RecordedRequest::cancelled);
  }

  @Test
  void endsAStreamWithAnotherFrame() throws Exception {
    fake.enqueue(Behaviour.usual().endingAfter(2, "data: {\"error\":{\"message\":\"x\"}}\n\n"));
    var events = http.events(at(fake, "/chat/completions"), STREAM);
    assertThat(events).hasSize(3);
    assertThat(events.getLast().at("/error/message").asText()).isEqualTo("x");
  }

  @Test
  void keepsTheBodyWhenCutIntoSingleBytes() throws Exception {
    var whole = http.post(at(fake, "/embeddings"), embedding()).body();
    fake.enqueue(Behaviour.usual().cutInto(1));
    assertThat(http.post(at(fake, "/embeddings"), embedding()).body()).isEqualTo(whole);
  }

  @Test
  void pacesFramesAndDelaysHeaders() throws Exception {
    var step = Duration.ofMillis(20);
    fake.enqueue(Behaviour.usual().delayed(step).paced(step));
    var start = System.nanoTime();
    var events = http.events(at(fake, "/chat/completions"), STREAM).size();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(step.multipliedBy(events));
  }

  @Test
  void obeysMarkersInTheText() {
    var marked = STREAM.replace("hello", "[[reset-after 1]] hello");
    assertThatThrownBy(() -> http.post(at(fake, "/chat/completions"), marked))
        .isInstanceOf(IOException.class);
  }

  @Test
  void tellsItsJournalToOtherProcesses() throws Exception {
    http.post(at(fake, "/chat/completions"), STREAM);
    var page =
        Json.read(
            http.get(fake.origin().resolve("/_fake/journal"))
                .body()
                .getBytes(StandardCharsets.UTF_8));
    assertThat(page.path("total").asInt()).isEqualTo(1);
    assertThat(page.at("/requests/0/target").asText()).isEqualTo(PATH);
  }

  @Test
  void letsInOnlyTheCredential() throws Exception {
    fake.require(Credential.bearer("sk-1"));
    assertThat(http.get(at(fake, "/models")).statusCode()).isEqualTo(401);
    var reply = http.post(at(fake, "/chat/completions"), STREAM, "authorization", "Bearer sk-1");
    assertThat(reply.statusCode()).isEqualTo(200);
  }

  private String embedding() {
    return "{\"model\":\"text-embedding-3-small\",\"input\":\"größe\"}";
  }

  /** Fakes answer under their own lock: an answer under way must not keep the port from closing. */
  @Test
  void closesWhileAnAnswerHoldsItsLock() throws Exception {
    synchronized (fake) {
      CompletableFuture.runAsync(fake::close).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    assertThatThrownBy(fake::port).isInstanceOf(IllegalStateException.class);
  }

  /** Sends the request on a socket, reads up to this text and closes. */
  private void leave(int port, String after) throws IOException, InterruptedException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var head =
          "POST "
              + PATH
              + " HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: "
              + STREAM.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + STREAM).getBytes(StandardCharsets.US_ASCII));
      fake.awaitRequest(PATH, LIMIT);
      var read = new StringBuilder();
      socket.setSoTimeout((int) LIMIT.toMillis());
      while (read.indexOf(after) < 0) {
        var next = socket.getInputStream().read();
        assertThat(next).as("closed after %s", read).isNotNegative();
        read.append((char) next);
      }
    }
  }
}
