package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.openai.FakeOpenAi;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hub that stops sends callers elsewhere, lets running calls end, and cuts nobody off unsaid. */
@Timeout(60)
final class DrainTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String STREAM = ",\"stream\":true";
  private static final String STOPPING = "this hub is stopping";

  private final FakeOpenAi openai = new FakeOpenAi();
  private HubUnderTest hub = HubUnderTest.of(Configs.OPENAI);

  private void start(String drain, String more) throws Exception {
    hub =
        HubUnderTest.of(
                Configs.OPENAI.replace("drain_timeout: 1s", "drain_timeout: " + drain) + more)
            .behind("OPENAI", openai);
    hub.start();
  }

  @AfterEach
  void stop() throws Exception {
    hub.holdsNothing();
    hub.stop();
  }

  private CompletableFuture<Duration> closing() {
    CompletableFuture<Duration> closed = hub.closeHub();
    Http http = new Http(hub);
    Waiting.untilTrue("not ready", PATIENCE, () -> http.get("/readyz").status() == 503);
    return closed;
  }

  private static Duration took(CompletableFuture<Duration> closed) {
    return closed.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private Gate gatedStream() {
    Gate gate = new Gate();
    openai.enqueue(Behaviour.usual().gatedAfter(2, gate));
    return gate;
  }

  private static String body(String text, String more) {
    return Http.chatBody("gpt-4o-mini", text, more);
  }

  @Test
  void turnsNewCallsAwayWhileAStreamGoesOnToItsEnd() throws Exception {
    start("30s", "");
    Gate gate = gatedStream();
    try (RawConnection running = new RawConnection(hub);
        GrpcCaller grpc = new GrpcCaller(hub)) {
      running.post(Http.CHAT, body("one two three", STREAM)).until("data:");
      CompletableFuture<Duration> closed = closing();

      Http http = new Http(hub);
      Reply refused = http.chat("hi", "");
      assertThat(refused.error(503).path("message").asText()).contains(STOPPING);
      assertThat(refused.header("retry-after")).contains("1");
      assertThat(http.get("/health").status()).isEqualTo(200);

      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> grpc.chat().complete(GrpcCaller.say("hi")));
      stopping(failure);
      assertThat(GrpcCaller.detail(failure, RetryInfo.class).getRetryDelay().getSeconds())
          .isEqualTo(1);
      assertThat(
              grpc.stub(HealthGrpc.HealthBlockingStub.class)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.NOT_SERVING);

      assertThat(closed).isNotDone();
      gate.release();
      assertThat(running.untilClosed()).contains("three").contains("[DONE]");
      took(closed);
    }
  }

  @Test
  void everyHttp2ConnectionIsToldToGoAwayAndItsStreamsEnd() throws Exception {
    start("30s", "");
    Gate gate = gatedStream();
    try (Http2Connection idle = new Http2Connection(hub);
        Http2Connection fresh = new Http2Connection(hub);
        Http2Connection busy = new Http2Connection(hub)) {
      busy.post(1, Http.CHAT, body("one two three", STREAM));
      assertThat(gate.awaitReached(PATIENCE)).isTrue();
      idle.post(1, Http.CHAT, body("hi", ""));
      idle.until(Http2Connection.Frame::endsStream);

      CompletableFuture<Duration> closed = hub.closeHub();
      for (Http2Connection connection : List.of(idle, fresh, busy)) {
        connection.until(frame -> frame.type() == Http2Connection.GOAWAY);
      }
      idle.untilClosed();
      fresh.untilClosed();
      // Of the two GOAWAYs that are customary the second names the stream that still runs.
      assertThat(busy.until(frame -> frame.type() == Http2Connection.GOAWAY).lastStream())
          .isEqualTo(1);
      assertThat(closed).isNotDone();
      assertThat(busy.body(1)).doesNotContain("three");

      gate.release();
      busy.until(Http2Connection.Frame::endsStream);
      assertThat(busy.body(1)).contains("three").endsWith("data: [DONE]\n\n");
      assertThat(busy.seen(Http2Connection.RST_STREAM)).isEmpty();
      busy.untilClosed();
      took(closed);
    }
  }

  @Test
  void http1AnswersSayCloseAndIdleConnectionsClose() throws Exception {
    start("30s", "");
    Gate gate = new Gate();
    openai.enqueue(Behaviour.usual().gatedBeforeHeaders(gate));
    try (RawConnection idle = new RawConnection(hub);
        RawConnection busy = new RawConnection(hub)) {
      idle.send("GET /healthz HTTP/1.1\r\nhost: hub\r\n\r\n").until("ok");
      busy.post(Http.CHAT, body("hi", ""));
      assertThat(gate.awaitReached(PATIENCE)).isTrue();
      CompletableFuture<Duration> closed = hub.closeHub();
      assertThat(idle.untilClosed()).startsWith("HTTP/1.1 200 ");
      assertThat(closed).isNotDone();
      gate.release();
      assertThat(busy.untilClosed())
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("connection: close")
          .contains("You said: hi");
      took(closed);
    }
  }

  @Test
  void whoIsLateIsToldSo() throws Exception {
    start("600ms", "");
    Gate gate = new Gate();
    for (int i = 0; i < 2; i++) {
      openai.enqueue(Behaviour.usual().gatedAfter(2, gate));
    }
    openai.enqueue(Behaviour.usual().gatedBeforeHeaders(gate));
    List<CompleteResponse> deltas = new ArrayList<>();
    try (RawConnection streamed = new RawConnection(hub);
        RawConnection whole = new RawConnection(hub);
        RawConnection half = new RawConnection(hub);
        GrpcCaller grpc = new GrpcCaller(hub)) {
      streamed.post(Http.CHAT, body("one two three", STREAM)).until("data:");
      Iterator<CompleteResponse> answer =
          grpc.chat().streamComplete(GrpcCaller.say("one two three"));
      deltas.add(answer.next());
      whole.post(Http.CHAT, body("hi", ""));
      openai.awaitRequest(Http.CHAT, 3, PATIENCE);
      half.send(RawConnection.head(Http.CHAT, 100) + "{\"model\":");

      CompletableFuture<Duration> closed = hub.closeHub();
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> answer.forEachRemaining(deltas::add));
      stopping(failure);
      assertThat(streamed.untilClosed())
          .contains("data: {\"error\":{\"message\":\"" + STOPPING)
          .doesNotContain("[DONE]")
          .doesNotEndWith("0\r\n\r\n");
      for (RawConnection late : List.of(whole, half)) {
        assertThat(late.untilClosed())
            .startsWith("HTTP/1.1 503 ")
            .contains("retry-after: 1")
            .contains(STOPPING);
      }
      for (RecordedRequest request : openai.requests(Http.CHAT)) {
        assertThat(request.awaitCancelled(PATIENCE)).isTrue();
      }
      assertThat(took(closed)).isBetween(Duration.ofMillis(600), Duration.ofMillis(2_600));
      assertThat(hub.logs().lines()).filteredOn(line -> line.contains("\"overloaded\"")).hasSize(3);
    } finally {
      gate.release();
    }
  }

  @Test
  void callsThatWaitInAQueueAreToldSoToo() throws Exception {
    start("300ms", "    limits: { concurrency: 1 }\n");
    Gate gate = gatedStream();
    try (RawConnection running = new RawConnection(hub);
        RawConnection waiting = new RawConnection(hub)) {
      running.post(Http.CHAT, body("one two three", STREAM)).until("data:");
      waiting.post(Http.CHAT, body("hi", STREAM));
      Waiting.untilTrue(
          "one waits", PATIENCE, () -> hub.backend("openai").bulkhead().queued() == 1);
      CompletableFuture<Duration> closed = hub.closeHub();
      assertThat(waiting.untilClosed()).startsWith("HTTP/1.1 503 ").contains(STOPPING);
      assertThat(running.untilClosed()).contains(STOPPING).doesNotContain("[DONE]");
      assertThat(took(closed)).isLessThan(Duration.ofMillis(2_300));
      // The place of the one that was ended may have sent the other to the backend for a moment.
      assertThat(openai.requests(Http.CHAT).getFirst().awaitCancelled(PATIENCE)).isTrue();
    } finally {
      gate.release();
    }
  }

  @Test
  void callersWhoNeverReadDoNotHoldTheHub() throws Exception {
    start("300ms", "");
    byte[] frame =
        ("data: "
                + StreamFramingTest.chunk("{\"content\":\"" + "x".repeat(8_000) + "\"}", "null")
                + "\n\n")
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2; i++) {
      openai.enqueue(
          Behaviour.reply(
              new Answer(
                  200,
                  Map.of("content-type", "text/event-stream"),
                  Collections.nCopies(5_000, frame),
                  true)));
    }
    try (RawConnection one = new RawConnection(hub);
        Http2Connection two = new Http2Connection(hub)) {
      one.post(Http.CHAT, body("hi", STREAM)).until("data:");
      two.post(1, Http.CHAT, body("hi", STREAM));
      two.until(each -> each.type() == Http2Connection.DATA);
      assertThat(took(hub.closeHub())).isLessThan(Duration.ofMillis(2_300));
      for (RecordedRequest request : openai.requests(Http.CHAT)) {
        assertThat(request.awaitCancelled(PATIENCE)).isTrue();
      }
    }
  }

  @Test
  void aHubWithoutCallsIsGoneWithinASecond() throws Exception {
    start("30s", "");
    try (RawConnection idle = new RawConnection(hub);
        RawConnection silent = new RawConnection(hub);
        Http2Connection fresh = new Http2Connection(hub);
        GrpcCaller grpc = new GrpcCaller(hub)) {
      idle.send("GET /healthz HTTP/1.1\r\nhost: hub\r\n\r\n").until("ok");
      grpc.chat().complete(GrpcCaller.say("hi"));
      Iterator<?> watch =
          grpc.stub(HealthGrpc.HealthBlockingStub.class)
              .watch(HealthCheckRequest.getDefaultInstance());
      assertThat(watch.next()).asString().contains("SERVING");
      assertThat(took(hub.closeHub())).isLessThan(Duration.ofSeconds(2));
      assertThat(watch.next()).asString().contains("NOT_SERVING");
      silent.untilClosed();
      fresh.untilClosed();
    }
  }

  private static void stopping(StatusRuntimeException failure) throws IOException {
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure.getStatus().getDescription()).contains(STOPPING);
    assertThat(GrpcCaller.detail(failure, ErrorInfo.class).getReason()).isEqualTo("OVERLOADED");
  }
}
