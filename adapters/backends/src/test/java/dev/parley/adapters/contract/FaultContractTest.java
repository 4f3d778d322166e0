package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.Stage;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.fault.FaultStep;
import dev.parley.testkit.fault.Faults;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every chat adapter says of servers that break HTTP, or are not there. */
class FaultContractTest {

  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final List<String> TYPES =
      List.of("openai", "vllm", "llama-server", "openrouter", "vllm-omni", "ollama");
  private static final String JSON =
      "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"hello\"},\"finish_reason\":\"stop\"}],"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"hello\"},\"done\":true}";
  private static final String EVENT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hel\"}}]}\n\n";
  private static final String PAGE =
      "<!doctype html><html><body>Please log in: " + "data: no\n".repeat(100) + "</body></html>";

  /** Answers that are none, once the request was read. */
  private static final Map<String, List<FaultStep>> BROKEN = broken();

  private static Map<String, List<FaultStep>> broken() {
    Map<String, List<FaultStep>> faults = new LinkedHashMap<>();
    faults.put("close without answer", Faults.closeWithoutAnswer());
    faults.put("reset before headers", Faults.resetBeforeHeaders());
    faults.put("half a reply", Faults.halfReply(JSON));
    faults.put("reset in the body", Faults.resetMidBody(JSON));
    faults.put("junk", Faults.junk());
    faults.put("junk before the JSON", Faults.junkBeforeJson(JSON));
    faults.put("too long a length", Faults.contentLengthTooLong(JSON, 10));
    faults.put("too short a length", Faults.contentLengthTooShort(JSON, 10));
    faults.put("a gigantic header", Faults.giganticHeader(1 << 20));
    faults.put("headers without end", Faults.endlessHead(100_000));
    faults.put("half a gzip", Faults.truncatedGzip(JSON));
    faults.put("a redirect without end", Faults.redirect("/v1/chat/completions"));
    faults.put("a web page", Faults.wrongContentType("text/html; charset=utf-8", PAGE));
    faults.put("a page as events", Faults.eventStream(PAGE));
    faults.put("a page as JSON", Faults.wrongContentType("application/json", PAGE));
    faults.put("a page as text", Faults.wrongContentType("text/plain", PAGE));
    faults.put("nothing as events", Faults.eventStream(""));
    faults.put("nothing as JSON", Faults.wrongContentType("application/json", ""));
    faults.put("an image", Faults.wrongContentType("image/png", "\u0089PNG\r\n"));
    faults.put("a cut chunk", Faults.cutMidChunk(EVENT));
    faults.put("no end mark", Faults.endWithoutMark(EVENT));
    return faults;
  }

  static Stream<Arguments> brokenAnswers() {
    return each(BROKEN.keySet().stream().toList());
  }

  private static Stream<Arguments> each(List<String> names) {
    List<Arguments> all = new ArrayList<>();
    for (String type : TYPES) {
      for (String name : names) {
        all.add(Arguments.of(type, name, false));
        all.add(Arguments.of(type, name, true));
      }
    }
    return all.stream();
  }

  private static Flow.Publisher<DocumentEvent> send(Backend to, boolean stream) {
    return to.chat().orElseThrow().chat(Calls.chat("hi", stream, ""), new Target("b", "m"));
  }

  @ParameterizedTest(name = "{0}: {1}, streamed {2}")
  @MethodSource("brokenAnswers")
  void brokenAnswersAreFailuresOfABackendThatSawTheCall(String type, String fault, boolean stream) {
    try (FaultServer server = FaultServer.start(BROKEN.getOrDefault(fault, List.of()));
        Backend broken = Calls.open(type, server.baseUri())) {
      Recorder got = Recorder.all(send(broken, stream));
      assertThat(got.completed()).isFalse();
      assertThat(got.error())
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              error -> assertThat(error.reached()).isEqualTo(HubError.Reached.BACKEND));
      assertThat(got.error().toString()).doesNotContain("127.0.0.1");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  static Stream<Arguments> types() {
    return each(List.of(""));
  }

  @ParameterizedTest(name = "{0}, streamed {2}")
  @MethodSource("types")
  void whoIsNotThereHasNotSeenTheCall(String type, String any, boolean stream) {
    for (URI away :
        List.of(FaultServer.refusing(), URI.create("http://no-such-host.invalid:1234"))) {
      try (Backend backend = Calls.open(type, away)) {
        assertNobody(Recorder.all(send(backend, stream)));
      }
    }
  }

  @ParameterizedTest(name = "{0}, streamed {2}")
  @MethodSource("types")
  void whoFailsTheHandshakeHasNotSeenTheCall(String type, String any, boolean stream) {
    for (List<FaultStep> fault :
        List.of(Faults.plainText(), Faults.closeAtOnce(), Faults.resetAtOnce())) {
      try (FaultServer server = FaultServer.start(fault);
          Backend backend = Calls.open(type, server.tlsUri())) {
        assertNobody(Recorder.all(send(backend, stream)));
      }
    }
  }

  private static void assertNobody(Recorder got) {
    assertThat(got.error())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> assertThat(error.reached()).isEqualTo(HubError.Reached.NOBODY));
    assertThat(got.error().toString()).doesNotContain("127.0.0.1", "no-such-host");
  }

  @Test
  void aHandshakeWithoutEndIsAConnectTimeout() {
    try (FaultServer server = FaultServer.start(Faults.frozen());
        Backend backend = Calls.open("openai", server.tlsUri())) {
      assertThat(Recorder.all(send(backend, true)).error())
          .isEqualTo(new HubError.DeadlineExceeded(Stage.CONNECT, Duration.ofSeconds(2)));
    }
  }

  @ParameterizedTest(name = "{0}, streamed {2}")
  @MethodSource("types")
  void whoNeverEndsIsLeftByTheCallersLimits(String type, String any, boolean stream)
      throws InterruptedException {
    for (List<FaultStep> fault :
        List.of(
            Faults.silent(),
            Faults.slowLorisWithoutEnd(JSON, Duration.ofNanos(1)),
            Faults.endlessHead(1))) {
      CountDownLatch sent = new CountDownLatch(1);
      List<FaultStep> script = new ArrayList<>();
      script.add(new FaultStep.AwaitRequest());
      script.add(new FaultStep.Signal(sent));
      fault.stream().filter(step -> !(step instanceof FaultStep.AwaitRequest)).forEach(script::add);
      try (FaultServer server = FaultServer.start(script);
          Backend backend = Calls.open(type, server.baseUri())) {
        Recorder got = Recorder.of(send(backend, stream), Long.MAX_VALUE);
        assertThat(sent.await(WAIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        got.subscription().cancel();
        assertThat(server.awaitDepartures(1, WAIT)).isTrue();
        assertThat(got.completed()).isFalse();
        assertThat(got.failure()).isNull();
      }
    }
  }

  @ParameterizedTest(name = "{0}, streamed {2}")
  @MethodSource("types")
  void whoFreezesInMidAnswerIsNeverTakenForDone(String type, String any, boolean stream) {
    try (FaultServer server = FaultServer.start(Faults.frozenMidBody(JSON));
        Backend backend = Calls.open(type, server.baseUri())) {
      Recorder got = Recorder.of(send(backend, stream), Long.MAX_VALUE);
      got.await(1);
      assertThat(got.completed()).isFalse();
      got.subscription().cancel();
      assertThat(got.failure()).isNull();
    }
  }
}
