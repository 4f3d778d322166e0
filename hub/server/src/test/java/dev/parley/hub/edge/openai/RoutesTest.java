package dev.parley.hub.edge.openai;

import static dev.parley.hub.fake.Events.OPENED;
import static dev.parley.hub.fake.Events.chunks;
import static dev.parley.hub.fake.Events.content;
import static dev.parley.hub.fake.Events.usage;
import static dev.parley.hub.fake.Events.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

@Timeout(30)
class RoutesTest {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final String STREAM = "{\"model\":\"m\",\"stream\":true," + MESSAGES + "}";
  private static final String ONCE = "{\"model\":\"m\"," + MESSAGES + "}";

  private static final EdgeHarness EDGE = new EdgeHarness(Duration.ofMinutes(1));

  @AfterAll
  static void close() {
    EDGE.close();
  }

  /** After every call, nothing of it is held. */
  @AfterEach
  void holdsNothing() {
    var backend = EDGE.registry.snapshot().backends().getFirst();
    assertThat(backend.bulkhead().running()).isZero();
    assertThat(EDGE.budget.held()).isZero();
  }

  @Test
  void answersWithTheBackendsBytesAndTheHubsHead() {
    answers(
        new DocumentEvent.Opened(Map.of("x-request-id", "up", "x-ratelimit-limit-requests", "9")),
        whole("{ \"id\" : 1 }"));
    AggregatedHttpResponse answer = EDGE.post("/chat", ONCE);
    assertThat(answer.status().code()).isEqualTo(200);
    assertThat(answer.contentUtf8()).isEqualTo("{ \"id\" : 1 }");
    assertThat(answer.headers().get("x-request-id")).isEqualTo("req_generated");
    assertThat(answer.headers().get("x-upstream-request-id")).isEqualTo("up");
    assertThat(answer.headers().get("x-ratelimit-limit-requests")).isEqualTo("9");
    assertThat(answer.headers().get("x-parley-backend")).isEqualTo("b");
    assertThat(answer.headers().get("x-parley-attempts")).isEqualTo("1");
    assertThat(answer.headers().contains("openai-processing-ms")).isTrue();
  }

  @Test
  void streamsWithoutTheUsageThatNobodyAskedFor() {
    answers(
        OPENED,
        chunks(content("{\"a\":1}"), content("{\"b\":\n2}")),
        chunks(usage("{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}")));
    AggregatedHttpResponse answer = EDGE.post("/chat", STREAM);
    assertThat(answer.contentUtf8())
        .isEqualTo("data: {\"a\":1}\n\ndata: {\"b\": 2}\n\ndata: [DONE]\n\n");
    assertThat(answer.headers().get("content-type")).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(answer.headers().get("cache-control")).isEqualTo("no-cache, no-transform");
  }

  @Test
  void streamsTheUsageToWhoAskedForIt() {
    answers(OPENED, chunks(usage("{\"usage\":{\"prompt_tokens\":1}}")));
    String body =
        EDGE.post(
                "/chat",
                STREAM.replace("true,", "true,\"stream_options\":{\"include_usage\":true},"))
            .contentUtf8();
    assertThat(body).isEqualTo("data: {\"usage\":{\"prompt_tokens\":1}}\n\ndata: [DONE]\n\n");
  }

  @Test
  void aStreamThatBreaksEndsWithAnErrorAndNoEndMark() {
    fails(broken(), OPENED, chunks(content("{\"a\":1}")));
    PartCollector parts = new PartCollector();
    EDGE.client().execute(post(), STREAM).subscribe(parts);
    assertThat(parts.await("<broken>"))
        .startsWith("data: {\"a\":1}\n\ndata: {\"error\":{")
        .endsWith("}}\n\n<broken>")
        .contains("upstream_error")
        .doesNotContain("[DONE]");
  }

  @Test
  void aStreamThatFailsBeforeItsFirstDeltaHasARealStatus() {
    fails(broken(), OPENED);
    AggregatedHttpResponse answer = EDGE.post("/chat", STREAM);
    assertThat(answer.status().code()).isEqualTo(502);
    assertThat(answer.contentType()).isEqualTo(MediaType.JSON);
  }

  @Test
  void anAnswerOfTheWrongShapeIsAFaultAndEndsTheCall() {
    answers(OPENED, whole("{}"));
    assertThat(EDGE.post("/chat", STREAM).status().code()).isEqualTo(500);
    answers(OPENED, chunks(content("{}")));
    assertThat(EDGE.post("/chat", ONCE).status().code()).isEqualTo(500);
    answers(OPENED);
    assertThat(EDGE.post("/chat", ONCE).status().code()).isEqualTo(500);
  }

  @Test
  void sendsACommentWhileTheBackendThinks() {
    try (EdgeHarness quick = new EdgeHarness(Duration.ofMillis(50))) {
      CompletableFuture<Flow.Subscriber<? super DocumentEvent>> waiting = new CompletableFuture<>();
      quick
          .backend()
          .answers(_ ->
              subscriber -> {
                subscriber.onSubscribe(new Replay(subscriber, List.of(), null, false));
                waiting.complete(subscriber);
              });
      var response = quick.client().execute(post(), STREAM);
      var parts = new PartCollector();
      response.subscribe(parts);
      assertThat(parts.await(": ping\n\n")).isEqualTo(": ping\n\n");
      waiting.join();
      response.abort();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "h1c, 1000000, 100000",
    "h2c, 1000000, 100000",
    "h1c, 1, 30000000",
    "h2c, 1, 3000000"
  })
  @Timeout(30)
  void givesUpACallerWhoDoesNotReadForAMinute(String protocol, int most, int characters) {
    AtomicLong nanos = new AtomicLong();
    try (EdgeHarness quick = new EdgeHarness(Duration.ofMillis(10), clock(nanos))) {
      Endless endless = new Endless(most, characters);
      quick.backend().answers(_ -> endless);
      CompletableFuture<Subscription> reading = new CompletableFuture<>();
      quick.client(protocol).execute(post(), STREAM).subscribe(new Stalled(reading));
      reading.join().request(2);
      until(() -> endless.given.get() > 0);
      until(() -> {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        return endless.over.isDone();
      });
      // The request is over for the server, too, though nothing was read meanwhile.
      until(() -> {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        return quick.open.get() == 0;
      });
      reading.join().cancel();
      assertThat(quick.registry.snapshot().backends().getFirst().bulkhead().running()).isZero();
    }
  }

  /** For as long as the test may take. */
  private static void until(BooleanSupplier so) {
    while (!so.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("the test's time is over").isFalse();
      Thread.onSpinWait();
    }
  }

  private static Clock clock(AtomicLong nanos) {
    return new Clock() {
      @Override
      public long nanoTime() {
        return nanos.get();
      }

      @Override
      public long epochMillis() {
        return 0;
      }
    };
  }

  /** A backend that says more whenever it is asked, so often at most. */
  private static final class Endless implements Flow.Publisher<DocumentEvent> {

    final AtomicInteger given = new AtomicInteger();
    final CompletableFuture<Boolean> over = new CompletableFuture<>();
    private final int most;
    private final DocumentEvent much;

    Endless(int most, int characters) {
      this.most = most;
      this.much = chunks(content("\"" + "a".repeat(characters) + "\""));
    }

    @Override
    public void subscribe(Flow.Subscriber<? super DocumentEvent> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {
              subscriber.onNext(much);
              if (given.incrementAndGet() == most) {
                over.complete(true);
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {
              over.complete(true);
            }
          });
    }
  }

  /** A caller who takes what it asks for. */
  private record Stalled(CompletableFuture<Subscription> reading)
      implements Subscriber<HttpObject> {

    @Override
    public void onSubscribe(Subscription subscription) {
      reading.complete(subscription);
    }

    @Override
    public void onNext(HttpObject object) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void refusesBodiesThatAreTooLarge() {
    String large = "{\"x\":\"" + "a".repeat(EdgeHarness.BODY_BYTES_MAX) + "\"}";
    AggregatedHttpResponse answer = EDGE.post("/chat", large);
    assertThat(answer.status().code()).isEqualTo(413);
    assertThat(answer.contentUtf8()).contains("server.request_bytes_max");
  }

  @Test
  void refusesOtherMediaTypes() {
    AggregatedHttpResponse answer =
        EDGE.client()
            .prepare()
            .post("/chat")
            .content(MediaType.PLAIN_TEXT_UTF_8, ONCE)
            .execute()
            .aggregate()
            .join();
    assertThat(answer.status().code()).isEqualTo(415);
  }

  @Test
  void refusesATimeoutThatIsNone() {
    RequestHeaders head = post().toBuilder().set("grpc-timeout", "soon").build();
    assertThat(EDGE.client().execute(head, ONCE).aggregate().join().status().code()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"mine-1, mine-1", "has blank, req_generated", "é, req_generated"})
  void keepsTheCallersRequestIdWhereItIsUsable(String given, String expected) {
    RequestHeaders head =
        RequestHeaders.builder(HttpMethod.GET, "/healthz").set("x-request-id", given).build();
    assertThat(EDGE.client().execute(head).aggregate().join().headers().get("x-request-id"))
        .isEqualTo(expected);
  }

  @Test
  void replacesARequestIdThatIsTooLong() {
    RequestHeaders head =
        RequestHeaders.builder(HttpMethod.GET, "/healthz")
            .set("x-request-id", "x".repeat(129))
            .build();
    assertThat(EDGE.client().execute(head).aggregate().join().headers().get("x-request-id"))
        .isEqualTo("req_generated");
  }

  @Test
  void saysWhatIsWrongWithARoute() {
    AggregatedHttpResponse wrongMethod = EDGE.get("/chat");
    assertThat(wrongMethod.status().code()).isEqualTo(405);
    assertThat(wrongMethod.headers().get("allow")).isEqualTo("POST");
    AggregatedHttpResponse unknown = EDGE.get("/chta");
    assertThat(unknown.status().code()).isEqualTo(404);
    assertThat(unknown.contentUtf8()).contains("did you mean '/chat'?");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/models/m, 200",
    "/v1/models/org/m, 200",
    "/v1/models/org%2Fm, 200",
    "/v1/models/b/m, 200",
    "/v1/models/no, 404",
  })
  void findsModelsByEverySpelling(String path, int status) {
    assertThat(EDGE.get(path).status().code()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"embedding", "sentence-similarity", "Feature_Extraction"})
  void listsModelsByTask(String task) {
    assertThat(EDGE.get("/v1/models?task=" + task).contentUtf8())
        .contains("\"id\":\"m\"")
        .doesNotContain("\"id\":\"org/m\"");
  }

  @Test
  void refusesATaskThatNobodyKnows() {
    AggregatedHttpResponse answer = EDGE.get("/v1/models?task=embeding");
    assertThat(answer.status().code()).isEqualTo(400);
    assertThat(answer.contentUtf8()).contains("did you mean embedding?");
  }

  @Test
  void tellsItsHealth() {
    EDGE.registry.refresh().join();
    assertThat(EDGE.get("/health").contentUtf8()).startsWith("{\"status\":\"healthy\"");
    assertThat(EDGE.get("/readyz").status().code()).isEqualTo(200);
    EDGE.accepting.set(false);
    assertThat(EDGE.get("/readyz").status().code()).isEqualTo(503);
    assertThat(EDGE.get("/healthz").status().code()).isEqualTo(200);
    EDGE.accepting.set(true);
    EDGE.backend().is(new BackendStatus.Down("refused"));
    EDGE.registry.refresh().join();
    assertThat(EDGE.get("/health").contentUtf8())
        .startsWith("{\"status\":\"degraded\"")
        .contains("\"status\":\"down\"", "\"detail\":\"refused\"");
    EDGE.backend().is(new BackendStatus.Healthy(""));
  }

  private void answers(DocumentEvent... events) {
    EDGE.backend().answers(_ -> s -> s.onSubscribe(new Replay(s, List.of(events), null, true)));
  }

  private void fails(HubException failure, DocumentEvent... events) {
    EDGE.backend().answers(_ -> s -> s.onSubscribe(new Replay(s, List.of(events), failure, true)));
  }

  private static HubException broken() {
    return new HubException(
        new HubError.BackendFailed(
            new Target("b", "m"), OptionalInt.empty(), "broke", HubError.Reached.BACKEND));
  }

  private static RequestHeaders post() {
    return RequestHeaders.builder(HttpMethod.POST, "/chat").contentType(MediaType.JSON).build();
  }
}
