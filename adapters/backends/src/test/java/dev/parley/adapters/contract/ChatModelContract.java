package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every chat adapter does, whatever its server speaks. */
abstract class ChatModelContract extends BackendContract {

  static final Duration WAIT = Duration.ofSeconds(5);

  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
          + "\"parameters\":{\"type\":\"object\"}}}]";

  /** Where the fake gets the calls. */
  abstract String chatPath();

  /** Whether the fake reads image and audio parts. */
  boolean takesMedia() {
    return true;
  }

  /** Whether an answer that broke off can be taken up. */
  boolean continues() {
    return true;
  }

  Flow.Publisher<DocumentEvent> send(Backend to, DocumentCall call) {
    return to.chat().orElseThrow().chat(call, new Target("under-test", model()));
  }

  Recorder all(DocumentCall call) {
    return Recorder.all(send(backend, call));
  }

  @Test
  void streamsDeltasInOrder() {
    Recorder got = all(Calls.chat("count [[words 40]]", true, ""));
    assertThat(got.failure()).isNull();
    assertThat(got.events().getFirst()).isInstanceOf(DocumentEvent.Opened.class);
    StringBuilder words = new StringBuilder("You said: count");
    for (int i = 1; i <= 40; i++) {
      words.append(" word").append(i);
    }
    assertThat(got.joined("content")).isEqualTo(words.toString());
    assertThat(got.joined("role")).isEqualTo("assistant");
    assertThat(got.reasons()).containsExactly("stop");
  }

  @Test
  void streamsAtAnySplitOfTheBytes() {
    fake.enqueue(Behaviour.usual().cutInto(7));
    Recorder got = all(Calls.chat("Grüße 🎧", true, ""));
    assertThat(got.failure()).isNull();
    assertThat(got.joined("content")).isEqualTo("You said: Grüße 🎧");
  }

  @Test
  void metersStreamsThatDidNotAskForUsage() {
    Recorder got = all(Calls.chat("hello there", true, ""));
    List<Chunk> usage =
        got.chunks().stream().filter(chunk -> chunk.kind() == Chunk.Kind.USAGE).toList();
    assertThat(usage).hasSize(1);
    TokenUsage counts = Objects.requireNonNull(usage.getFirst().usage());
    assertThat(counts.prompt()).isEqualTo(2);
    assertThat(counts.completion()).isEqualTo(4);
  }

  @Test
  void answersWhole() {
    DocumentEvent.Whole got = all(Calls.chat("hello there", false, "")).whole();
    assertThat(got.body().raw()).contains("You said: hello there", "\"finish_reason\":\"stop\"");
    assertThat(Calls.at(got.body(), "object").asString()).isEqualTo("chat.completion");
    assertThat(Objects.requireNonNull(got.usage()).total()).isEqualTo(6);
  }

  @Test
  void namesTheTargetsModel() {
    all(Calls.chat("hello", false, ""));
    assertThat(fake.requests(chatPath()).getFirst().text())
        .contains("\"model\":\"" + model() + "\"");
  }

  @Test
  void unknownRequestMembersArriveAsSpelled() {
    String unknown = "\"x_parley\":{\"deep\":[1.0,12345678901234567890,1e2,null]}";
    all(Calls.chat("hello", false, "," + unknown));
    assertThat(fake.requests(chatPath()).getFirst().text()).contains(unknown);
  }

  @Test
  void deliversNoMoreThanAsked() {
    Recorder got = Recorder.of(send(backend, Calls.chat("count [[words 30]]", true, "")), 0);
    int asked = 0;
    while (!got.completed() && got.failure() == null && asked < 500) {
      assertThat(got.events()).hasSizeLessThanOrEqualTo(asked);
      asked++;
      got.subscription().request(1);
      if (asked < 3) {
        got.await(asked);
      }
    }
    got.ended();
    assertThat(got.failure()).isNull();
    assertThat(got.reasons()).containsExactly("stop");
  }

  @Test
  void refusesSenselessDemand() {
    Recorder got = Recorder.of(send(backend, Calls.chat("hello", true, "")), 0);
    got.subscription().request(0);
    assertThat(got.ended().failure()).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancelBeforeHeadersReachesTheBackend(boolean stream) throws InterruptedException {
    fake.enqueue(Behaviour.hang());
    Recorder got = Recorder.of(send(backend, Calls.chat("hello", stream, "")), 1);
    RecordedRequest request = fake.awaitRequest(chatPath(), WAIT);
    got.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
    assertThat(got.completed()).isFalse();
    assertThat(got.failure()).isNull();
  }

  @Test
  void cancelInMidStreamReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.usual().hangAfter(2));
    Recorder got = Recorder.of(send(backend, Calls.chat("hello", true, "")), Long.MAX_VALUE);
    got.await(2);
    RecordedRequest request = fake.awaitRequest(chatPath(), WAIT);
    got.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
  }

  @Test
  void nothingIsSentBeforeSubscription() {
    send(backend, Calls.chat("hello", true, ""));
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void canBeSubscribedToOnce() {
    Flow.Publisher<DocumentEvent> publisher = send(backend, Calls.chat("hello", true, ""));
    Recorder.all(publisher);
    assertThat(Recorder.all(publisher).failure()).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void classifiesErrorAnswers(boolean stream) {
    DocumentCall call = Calls.chat("hello", stream, "");
    assertThat(refused(call, Behaviour.status(400, "{\"error\":{\"message\":\"bad\"}}")))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class, error -> assertThat(error.message()).isEqualTo("bad"));
    assertThat(refused(call, Behaviour.status(401, "{\"error\":\"Unauthorized\"}")))
        .isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(call, Behaviour.status(404, "{\"error\":\"model 'x' not found\"}")))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class, error -> assertThat(error.status()).isEqualTo(404));
    Behaviour busy = Behaviour.status(429, Map.of("retry-after", "7"), "slow down");
    assertThat(refused(call, busy))
        .isInstanceOfSatisfying(
            HubError.RateLimited.class, error -> assertThat(error.retryAfter()).hasSeconds(7));
    assertThat(refused(call, Behaviour.status(500, ""))).isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(call, Behaviour.status(503, "{\"error\":{\"message\":\"Loading model\"}}")))
        .isInstanceOf(HubError.ModelLoading.class);
    assertThat(refused(call, Behaviour.status(503, "server busy")))
        .isInstanceOf(HubError.Overloaded.class);
    assertThat(refused(call, Behaviour.status(307, Map.of("location", "/x"), "")))
        .isInstanceOf(HubError.BackendFailed.class);
    assertThat(
            refused(call, Behaviour.status(200, "{\"error\":{\"message\":\"no\",\"code\":429}}")))
        .isInstanceOf(HubError.RateLimited.class);
  }

  private HubError refused(DocumentCall call, Behaviour behaviour) {
    fake.enqueue(behaviour);
    return all(call).error();
  }

  @Test
  void errorInMidStreamEndsItWithTheError() {
    Recorder got = all(Calls.chat("hello [[error]]", true, ""));
    assertThat(got.error()).isInstanceOf(HubError.BackendFailed.class);
    assertThat(got.chunks()).isNotEmpty();
  }

  @Test
  void cutStreamIsNeverACompletion() {
    for (Behaviour cut :
        List.of(
            Behaviour.usual().closeAfter(3),
            Behaviour.usual().endAfter(3),
            Behaviour.usual().endAfter(0))) {
      fake.enqueue(cut);
      Recorder got = all(Calls.chat("hello there my friend", true, ""));
      assertThat(got.completed()).isFalse();
      assertThat(got.error()).isInstanceOf(HubError.BackendFailed.class);
    }
  }

  @Test
  void brokenConnectionsGiveTypedErrorsWithoutAddresses() {
    String json = "{\"choices\":[],\"message\":{},\"done\":true}";
    for (var fault :
        List.of(
            Faults.closeWithoutAnswer(),
            Faults.resetBeforeHeaders(),
            Faults.halfReply(json),
            Faults.resetMidBody(json),
            Faults.junk(),
            Faults.junkBeforeJson(json),
            Faults.contentLengthTooLong(json, 10))) {
      try (FaultServer server = FaultServer.start(fault);
          Backend broken = Calls.open(type(), server.baseUri())) {
        HubError error = Recorder.all(send(broken, Calls.chat("hi", false, ""))).error();
        assertThat(error).isInstanceOf(HubError.BackendFailed.class);
        assertThat(error.toString()).doesNotContain("127.0.0.1");
        assertThat(server.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void refusedConnectionIsTyped() {
    try (Backend away = Calls.open(type(), FaultServer.refusing())) {
      HubError error = Recorder.all(send(away, Calls.chat("hi", true, ""))).error();
      assertThat(error).isInstanceOf(HubError.BackendFailed.class);
      assertThat(error.toString()).contains("refused").doesNotContain("127.0.0.1");
    }
  }

  @Test
  void silentBackendIsLeftWhenTheCallerLeaves() throws InterruptedException {
    try (FaultServer server = FaultServer.start(Faults.silent());
        Backend silent = Calls.open(type(), server.baseUri())) {
      Recorder got = Recorder.of(send(silent, Calls.chat("hi", true, "")), 1);
      assertThat(server.awaitConnections(1, WAIT)).isTrue();
      got.subscription().cancel();
      assertThat(server.awaitDepartures(1, WAIT)).isTrue();
    }
  }

  @Test
  void streamsToolCalls() {
    Recorder got = all(Calls.chat("weather in Paris and Rome", true, TOOLS));
    assertThat(got.failure()).isNull();
    assertThat(got.reasons()).containsExactly("tool_calls");
    String all = got.chunks().stream().map(chunk -> chunk.json().raw()).toList().toString();
    assertThat(all).contains("\"name\":\"get_weather\"", "call_1", "call_2", "\"index\":1");
  }

  @Test
  void wholeToolCallsHaveArgumentsAsText() {
    DocumentEvent.Whole got = all(Calls.chat("weather in Paris", false, TOOLS)).whole();
    assertThat(got.body().raw())
        .contains("\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"")
        .contains("\"finish_reason\":\"tool_calls\"");
  }

  @Test
  void mediaPartsArrive() {
    Assumptions.assumeTrue(takesMedia());
    DocumentCall call =
        Calls.call(
            CallKind.CHAT,
            """
            {"model":"any","messages":[{"role":"user","content":[
              {"type":"text","text":"look"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,aGVsbG8="}},
              {"type":"input_audio","input_audio":{"data":"UklGRgAAAAA=","format":"wav"}}]}]}
            """);
    assertThat(all(call).whole().body().raw())
        .contains("You said: look [image] [audio wav 8 bytes]");
  }

  private Optional<JsonValue> continued(DocumentCall call, String prefix) {
    return backend.chat().orElseThrow().continued(call, prefix);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerThatBrokeOffIsContinuedOrNot(boolean stream) {
    DocumentCall call = Calls.chat("tell me of Grüße 🎧 \\\"now\\\" [[words 6]]", stream, "");
    String whole = "You said: tell me of Grüße 🎧 \"now\" word1 word2 word3 word4 word5 word6";
    if (!continues()) {
      assertThat(continued(call, "You")).isEmpty();
      return;
    }
    for (int cut : new int[] {1, 3, 4, 11, 24, 30, whole.length() - 1, whole.length()}) {
      String prefix = whole.substring(0, cut);
      DocumentCall rest = call.withDocument(continued(call, prefix).orElseThrow());
      Recorder got = all(rest);
      assertThat(got.failure()).isNull();
      String more =
          stream
              ? got.joined("content")
              : Calls.at(
                      Calls.at(
                          Calls.at(got.whole().body(), "choices").elements().iterator().next(),
                          "message"),
                      "content")
                  .asString();
      assertThat(prefix + more).isEqualTo(whole);
    }
  }

  @Test
  void aContinuedAnswerIsContinuedAgain() {
    Assumptions.assumeTrue(continues());
    DocumentCall call = Calls.chat("hello there", true, "");
    DocumentCall once = call.withDocument(continued(call, "You sa").orElseThrow());
    DocumentCall twice = once.withDocument(continued(once, "id: hel").orElseThrow());
    assertThat(all(twice).joined("content")).isEqualTo("lo there");
    assertThat(fake.requests(chatPath()).getFirst().text()).contains("You said: hel");
  }

  @Test
  void aContinuedDocumentKeepsAllElse() {
    Assumptions.assumeTrue(continues());
    String more = ",\"max_tokens\":  50 ,\"x_parley\":{\"deep\":[1.0,12345678901234567890,1e2]}";
    DocumentCall call = Calls.chat("hello \\u0041", true, more);
    assertThat(continued(call, "You").orElseThrow().raw())
        .contains(more)
        .contains("{\"role\":\"user\",\"content\":\"hello \\u0041\"}")
        .contains(",{\"role\":\"assistant\",\"content\":\"You\"}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
        ",\"tools\":[{\"type\":\"function\"}],\"tool_choice\":\"auto\"",
        ",\"functions\":[{\"name\":\"f\"}]",
        ",\"n\":2",
        ",\"modalities\":[\"text\",\"audio\"]",
        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}}",
        ",\"response_format\":{\"type\":\"json_object\"}",
        ",\"guided_regex\":\"a+\"",
        ",\"format\":\"json\"",
        ",\"echo\":true",
      })
  void whatIsMoreThanOnePlainTextIsNotContinued(String more) {
    assertThat(continued(Calls.chat("hello", true, more), "You")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"tools\":[],\"functions\":null",
        ",\"tools\":[{\"type\":\"function\"}],\"tool_choice\":\"none\"",
        ",\"n\":1,\"modalities\":[\"text\"],\"response_format\":{\"type\":\"text\"}",
      })
  void whatIsOnePlainTextIsContinued(String more) {
    assertThat(continued(Calls.chat("hello", true, more), "You").isPresent())
        .isEqualTo(continues());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTextCanAskForAStatus(boolean stream) {
    assertThat(all(Calls.chat("hi [[status 429]] [[retry-after 7]]", stream, "")).error())
        .isInstanceOfSatisfying(
            HubError.RateLimited.class, error -> assertThat(error.retryAfter()).hasSeconds(7));
    assertThat(all(Calls.chat("hi [[status 502]]", stream, "")).error())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> {
              assertThat(error.upstreamStatus()).hasValue(502);
              assertThat(error.detail()).isEqualTo("refused as the text asked");
            });
    assertThat(all(Calls.chat("hi [[status 418]]", stream, "")).error())
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class, error -> assertThat(error.status()).isEqualTo(418));
  }
}
