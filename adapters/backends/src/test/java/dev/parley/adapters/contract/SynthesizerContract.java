package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.Credentials;
import dev.parley.core.spi.Synthesizer;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter that speaks does, whatever its server understands. */
abstract class SynthesizerContract extends BackendContract {

  static final Duration WAIT = Duration.ofSeconds(5);
  static final String TEXT = "Größe: 日本 👋 \"now\" (3,5 €).";

  /** Where the fake gets the texts. */
  abstract String speechPath();

  /** A voice that the model brings; empty when it brings none. */
  abstract String presetVoice();

  /** An error as this server writes it when it does not know the voice. */
  Behaviour unknownVoice() {
    return Behaviour.usual();
  }

  /** The status of a wrong key as this server gives it. */
  int wrongKeyStatus() {
    return 401;
  }

  /** Whether members that nobody models reach the server. */
  boolean takesExtra() {
    return true;
  }

  /** Whether a text can ask the fake to fail. */
  boolean readsMarkers() {
    return true;
  }

  /** A text in the voice that this model needs, where it has none of its own. */
  SpeechCalls say(String text) {
    return SpeechCalls.say(text);
  }

  Synthesizer speaker() {
    return backend.speech().orElseThrow();
  }

  SynthesisAbilities abilities() {
    return speaker().abilities(model());
  }

  Flow.Publisher<SpeechEvent> send(Backend to, SpeechCall call) {
    return to.speech().orElseThrow().speak(call, new Target("under-test", model()));
  }

  Heard all(SpeechCalls call) {
    return Heard.all(send(backend, call.call()));
  }

  RecordedRequest request() {
    return fake.requests(speechPath()).getLast();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello.", TEXT, "a", "x y\nz <b>&amp; {\"k\":1} \\ /"})
  void speaksTheText(String text) {
    for (SpeechCalls call : List.of(say(text), say(text).whole())) {
      Heard heard = all(call);
      assertThat(heard.failure()).isNull();
      assertThat(heard.text()).isEqualTo(text);
    }
  }

  @Test
  void opensFirstAndSendsNoEmptySound() {
    Heard heard = all(say("Hello there."));
    assertThat(heard.completed()).isTrue();
    assertThat(heard.events()).hasSizeGreaterThan(1);
    assertThat(heard.events().stream().skip(1)).noneMatch(SpeechEvent.Opened.class::isInstance);
    assertThat(heard.opened().format().encoding()).isPresent();
    for (SpeechEvent event : heard.events()) {
      if (event instanceof SpeechEvent.Sound(byte[] bytes)) {
        assertThat(bytes).isNotEmpty();
      }
    }
    assertThat(heard.counted()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void speaksAtAnySplitOfTheBytes() {
    for (int bytes : new int[] {61, 997}) {
      fake.enqueue(Behaviour.usual().cutInto(bytes));
      assertThat(all(say("Größe 1")).text()).isEqualTo("Größe 1");
    }
  }

  @Test
  void nothingIsSentBeforeSubscription() {
    send(backend, say("Hello.").call());
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void canBeSubscribedToOnce() {
    Flow.Publisher<SpeechEvent> publisher = send(backend, say("Hello.").call());
    Heard.all(publisher);
    assertThat(Heard.all(publisher).failure()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deliversNoMoreThanAsked() {
    Heard heard = Heard.of(send(backend, say("Hello there, my friend.").call()), 0);
    int asked = 0;
    while (!heard.completed() && heard.failure() == null && asked < 2_000) {
      assertThat(heard.events()).hasSizeLessThanOrEqualTo(asked);
      asked++;
      heard.subscription().request(1);
      if (asked < 3) {
        heard.awaitEvents(asked);
      }
    }
    heard.awaitEnd();
    assertThat(heard.failure()).isNull();
    assertThat(heard.text()).isEqualTo("Hello there, my friend.");
  }

  @Test
  void refusesSenselessDemand() {
    Heard heard = Heard.of(send(backend, say("Hello.").call()), 0);
    heard.subscription().request(0);
    heard.awaitEnd();
    assertThat(heard.failure()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cancelBeforeTheAnswerReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.hang());
    Heard heard = Heard.of(send(backend, say("Hello.").call()), 1);
    RecordedRequest request = fake.awaitRequest(speechPath(), WAIT);
    heard.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
    assertThat(heard.completed()).isFalse();
    assertThat(heard.failure()).isNull();
  }

  @Test
  void cancelInMidSpeechReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.usual().cutInto(500).hangAfter(2));
    Heard heard = Heard.of(send(backend, say("Hello.").call()), Long.MAX_VALUE);
    heard.awaitEvents(1);
    RecordedRequest request = fake.awaitRequest(speechPath(), WAIT);
    heard.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
    assertThat(heard.failure()).isNull();
  }

  @Test
  void cancelOfAListenerThatAskedForNothingReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.usual().cutInto(500).hangAfter(2));
    Heard heard = Heard.of(send(backend, say("Hello.").call()), 0);
    RecordedRequest request = fake.awaitRequest(speechPath(), WAIT);
    heard.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
    assertThat(heard.events()).isEmpty();
  }

  private HubError refused(Behaviour behaviour) {
    fake.enqueue(behaviour);
    return all(say("Hello.")).error();
  }

  @Test
  void classifiesErrorAnswers() {
    assertThat(refused(Behaviour.status(400, "{\"error\":{\"message\":\"bad\"}}")))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class, error -> assertThat(error.message()).isEqualTo("bad"));
    assertThat(refused(Behaviour.status(401, "{\"error\":\"Unauthorized\"}")))
        .isInstanceOf(HubError.BackendFailed.class);
    Behaviour busy = Behaviour.status(429, Map.of("retry-after", "7"), "slow down");
    assertThat(refused(busy))
        .isInstanceOfSatisfying(
            HubError.RateLimited.class, error -> assertThat(error.retryAfter()).hasSeconds(7));
    assertThat(refused(Behaviour.status(500, ""))).isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(Behaviour.status(503, "server busy")))
        .isInstanceOf(HubError.Overloaded.class);
    assertThat(
            refused(
                Behaviour.status(422, "{\"detail\":[{\"loc\":[\"body\",\"x\"],\"msg\":\"m\"}]}")))
        .isInstanceOf(HubError.BackendRejected.class);
  }

  @Test
  void aSuccessWithAnErrorInsideIsAFailure() {
    assertThat(refused(Behaviour.status(200, "{\"error\":{\"message\":\"no\",\"code\":500}}")))
        .isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(Behaviour.status(200, "{\"error\":{\"message\":\"no\",\"code\":429}}")))
        .isInstanceOf(HubError.RateLimited.class);
    assertThat(refused(Behaviour.status(200, "{}"))).isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(Behaviour.status(200, "no JSON")))
        .isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void aSuccessWithoutSoundIsAFailure() {
    for (String type : List.of("audio/pcm", "audio/wav", "text/event-stream", "text/plain")) {
      assertThat(refused(Behaviour.reply(Answer.of(200, type, new byte[0]))))
          .isInstanceOf(HubError.BackendFailed.class);
    }
  }

  @Test
  void aCutSpeechIsNeverACompletion() {
    for (Behaviour cut :
        List.of(
            Behaviour.usual().cutInto(1_000).closeAfter(3),
            Behaviour.usual().cutInto(1_000).resetAfter(3),
            Behaviour.close(),
            Behaviour.reset())) {
      fake.enqueue(cut);
      Heard heard = all(say("Hello there my friend."));
      assertThat(heard.completed()).isFalse();
      assertThat(heard.error())
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              error -> assertThat(error.toString()).doesNotContain("127.0.0.1"));
    }
  }

  /** Before the answer, or in the middle of it: as the server does it. */
  @Test
  void aFailureOfTheEngineIsAFailure() {
    Assumptions.assumeTrue(readsMarkers());
    for (SpeechCalls call :
        List.of(say("Hello there. [[error]]"), say("Hello there. [[error]]").whole())) {
      Heard heard = all(call);
      assertThat(heard.completed()).isFalse();
      assertThat(heard.error()).isInstanceOf(HubError.BackendFailed.class);
    }
  }

  @Test
  void refusedConnectionIsTyped() {
    try (Backend away = backendAt(FaultServer.refusing(), new Credentials.None(), Map.of())) {
      HubError error = Heard.all(send(away, say("Hello.").call())).error();
      assertThat(error)
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              failed -> assertThat(failed.reached()).isEqualTo(HubError.Reached.NOBODY));
      assertThat(error.toString()).contains("refused").doesNotContain("127.0.0.1");
    }
  }

  @Test
  void brokenConnectionsAreFailures() {
    for (var fault :
        List.of(
            Faults.closeWithoutAnswer(),
            Faults.resetBeforeHeaders(),
            Faults.junk(),
            Faults.wrongContentType("text/html", "<html>log in</html>"),
            Faults.endlessHead(100_000))) {
      try (FaultServer server = FaultServer.start(fault);
          Backend broken = backendAt(server.baseUri(), new Credentials.None(), Map.of())) {
        HubError error = Heard.all(send(broken, say("Hello.").call())).error();
        assertThat(error).isInstanceOf(HubError.BackendFailed.class);
        assertThat(server.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void anUnknownVoiceIsNotFound() {
    Assumptions.assumeFalse(presetVoice().isEmpty());
    fake.enqueue(unknownVoice());
    assertThat(all(say("Hello.").by(new TargetVoice.Preset("nobody-at-all"))).error())
        .isInstanceOfSatisfying(
            HubError.NotFound.class,
            error -> {
              assertThat(error.kind()).isEqualTo(HubError.NotFound.Kind.VOICE);
              assertThat(error.name()).isEqualTo("nobody-at-all");
            });
  }

  @Test
  void listsTheVoicesWithTheUsualOneFirst() {
    Assumptions.assumeFalse(presetVoice().isEmpty());
    List<PresetVoice> voices = speaker().voices(model()).join().orElse(List.of());
    for (PresetVoice voice : voices) {
      Heard heard = all(say("Hi.").by(new TargetVoice.Preset(voice.name())));
      assertThat(heard.failure()).as(voice.name()).isNull();
    }
    Heard usual = all(say("Hi."));
    assertThat(usual.failure()).isNull();
    if (!voices.isEmpty() && !usual.opened().voice().isEmpty()) {
      assertThat(usual.opened().voice()).isEqualTo(voices.getFirst().name());
    }
  }

  @Test
  void showsItsCredentialsAndHeadersWhenItSpeaks() {
    fake.require(Credential.bearer("k-1"));
    try (Backend known =
            backendAt(fake.baseUri(), new Credentials.Bearer("k-1"), Map.of("x-title", "Parley"));
        Backend wrong = backendAt(fake.baseUri(), new Credentials.Bearer("k-2"), Map.of())) {
      assertThat(Heard.all(send(known, say("Hello.").call())).failure()).isNull();
      assertThat(request().header("x-title")).contains("Parley");
      assertThat(request().header("x-request-id")).contains("req-1");
      assertThat(Heard.all(send(wrong, say("Hello.").call())).error())
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              error -> assertThat(error.upstreamStatus()).hasValue(wrongKeyStatus()));
    }
  }

  @Test
  void membersThatNobodyModelsArriveAndOverwriteNothing() {
    Assumptions.assumeTrue(takesExtra());
    String unknown = "\"x_parley\":{\"deep\":[1.0,12345678901234567890,1e2,null]}";
    Heard heard = all(say("Hello.").extra("{\"model\":\"other\"," + unknown + "}"));
    assertThat(heard.text()).isEqualTo("Hello.");
    assertThat(request().text()).contains(unknown).doesNotContain("\"other\"");
  }

  @Test
  void whatTheModelCannotDoIsRefusedByName() {
    SynthesisAbilities can = abilities();
    if (!can.ssml()) {
      assertMissing(say("Hello.").ssml(), "SSML");
    }
    if (!can.instructions()) {
      assertMissing(say("Hello.").told("Whisper."), "instructions");
    }
    if (can.speedMax() < 8) {
      assertMissing(say("Hello.").at(8), "speed");
    }
    if (!can.descriptions()) {
      assertMissing(say("Hello.").by(new TargetVoice.Described("An old man.")), "description");
    }
    if (!can.blends()) {
      assertMissing(
          say("Hello.")
              .by(
                  new TargetVoice.Blended(
                      List.of(
                          new TargetVoice.Blended.Share("a", 0.5),
                          new TargetVoice.Blended.Share("b", 0.5)))),
          "blends");
    }
    if (!(can.cloning() instanceof Cloning.WithTheCall)) {
      assertMissing(
          say("Hello.").by(new TargetVoice.Recorded(List.of(SpeechCalls.recording("")))),
          "recordings");
    }
    assertThat(fake.requests(speechPath())).isEmpty();
  }

  private void assertMissing(SpeechCalls call, String what) {
    assertThat(all(call).error())
        .isInstanceOfSatisfying(
            HubError.CapabilityMissing.class, error -> assertThat(error.missing()).contains(what));
  }

  @Test
  void speaksAtThePacesThatItClaims() {
    for (double speed : new double[] {abilities().speedMin(), abilities().speedMax()}) {
      assertThat(all(say("Hello.").at(speed)).text()).isEqualTo("Hello.");
    }
  }

  @Test
  void namesTheTargetsModel() {
    Assumptions.assumeTrue(takesExtra());
    all(say("Hello."));
    assertThat(Objects.requireNonNull(request()).text()).contains("\"model\":\"" + model() + "\"");
  }
}
