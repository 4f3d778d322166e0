package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionAbilities.Detection;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.core.recognition.Word;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.Credentials;
import dev.parley.core.spi.Recognizer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.content.TimedWord;
import dev.parley.testkit.content.Wave;
import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every adapter that writes down speech does, whatever its server understands. The fake hears
 * the words in the sound that reaches it: nothing of a talk may be lost on the way.
 */
abstract class RecognizerContract extends BackendContract {

  static final Duration WAIT = Duration.ofSeconds(5);
  private static final double EXACT = 0.030;

  /** Where the fake gets the recordings. */
  abstract String transcriptionPath();

  /** How the fake understands them. */
  abstract Recogniser recogniser();

  /** The status of a wrong key as this server gives it. */
  int wrongKeyStatus() {
    return 401;
  }

  /** Whether the server tells what it took. */
  boolean tellsUsage() {
    return true;
  }

  /** Whether members that nobody models reach the server. */
  boolean takesExtra() {
    return true;
  }

  static Talk talk() {
    return Talk.begin(16_000)
        .silence(0.2)
        .say("The quick brown fox")
        .silence(0.8)
        .say("jumps over 3 lazy dogs, naïvely, größe 日本.")
        .silence(0.3);
  }

  Recognizer recognizer() {
    return backend.recognition().orElseThrow();
  }

  RecognitionAbilities abilities() {
    return recognizer().abilities(model());
  }

  Flow.Publisher<RecognitionEvent> send(Backend to, RecognitionCalls call) {
    return to.recognition().orElseThrow().recognize(call.call(), new Target("under-test", model()));
  }

  Written all(RecognitionCalls call) {
    return Written.all(send(backend, call));
  }

  RecordedRequest request() {
    return fake.requests(transcriptionPath()).getLast();
  }

  @Test
  void writesDownEveryWord() {
    Written written = all(RecognitionCalls.of(talk()));
    assertThat(written.failure()).isNull();
    assertThat(written.completed()).isTrue();
    assertThat(written.transcript().text()).isEqualTo(talk().text());
    assertThat(written.events().getFirst()).isInstanceOf(RecognitionEvent.Opened.class);
    assertThat(written.events()).hasSize(2);
    assertThat(recogniser().seconds()).isCloseTo(talk().seconds(), within(0.001));
  }

  @Test
  void silenceIsAnEmptyText() {
    Written written = all(RecognitionCalls.of(Talk.begin(16_000).silence(2)));
    assertThat(written.transcript().text()).isEmpty();
    assertThat(written.transcript().segments()).isEmpty();
  }

  @Test
  void deltasJoinToTheText() {
    Written written = all(RecognitionCalls.of(talk()).streamed());
    assertThat(written.failure()).isNull();
    assertThat(written.transcript().text()).isEqualTo(talk().text());
    if (abilities().streams()) {
      assertThat(written.events()).hasSizeGreaterThan(3);
      assertThat(written.deltas().strip()).isEqualTo(talk().text());
    } else {
      assertThat(written.events()).hasSize(2);
    }
  }

  @Test
  void readsAtAnySplitOfTheBytes() {
    for (int bytes : new int[] {1, 61}) {
      for (RecognitionCalls call :
          List.of(RecognitionCalls.of(talk()), RecognitionCalls.of(talk()).streamed())) {
        fake.enqueue(Behaviour.usual().cutInto(bytes));
        assertThat(all(call).transcript().text()).isEqualTo(talk().text());
      }
    }
  }

  @Test
  void tellsWhenWordsWereSaid() {
    Assumptions.assumeTrue(abilities().words());
    List<Word> words = all(RecognitionCalls.of(talk()).words()).words();
    List<TimedWord> said = talk().words();
    assertThat(words.stream().map(Word::text))
        .containsExactlyElementsOf(said.stream().map(TimedWord::text).toList());
    for (int i = 0; i < words.size(); i++) {
      assertThat(words.get(i).start()).isCloseTo(said.get(i).start(), within(EXACT));
      assertThat(words.get(i).end()).isCloseTo(said.get(i).end(), within(EXACT));
    }
  }

  @Test
  void tellsWhenSegmentsWereSaid() {
    Assumptions.assumeTrue(abilities().segments());
    RecognitionCalls call = RecognitionCalls.of(talk()).segments();
    List<Segment> segments =
        all(abilities().speakers() ? call.speakers(SpeakerWish.NONE) : call)
            .transcript()
            .segments();
    assertThat(segments).hasSize(2);
    assertThat(segments.getFirst().text()).isEqualTo("The quick brown fox");
    assertThat(segments.getFirst().end()).isCloseTo(talk().words().get(3).end(), within(EXACT));
    assertThat(segments.get(1).start()).isCloseTo(talk().words().get(4).start(), within(EXACT));
  }

  @Test
  void tellsTheLanguage() {
    Assumptions.assumeTrue(abilities().detects() != Detection.NONE);
    recogniser().language("de");
    Written written = all(RecognitionCalls.of(talk()).task(RecognitionTask.DETECT_LANGUAGE));
    assertThat(written.transcript().language()).isEqualTo("de");
  }

  @Test
  void translates() {
    Assumptions.assumeTrue(abilities().translates());
    Written written = all(RecognitionCalls.of(talk()).task(RecognitionTask.TRANSLATE));
    assertThat(written.transcript().text()).isEqualTo(talk().text());
  }

  @Test
  void takesWhatItSaysThatItTakes() {
    RecognitionAbilities can = abilities();
    RecognitionCalls call = RecognitionCalls.of(talk());
    if (can.languageHints() > 0) {
      call.in("de-AT");
    }
    if (can.prompt()) {
      call.prompt("what came before");
    }
    if (can.phrases()) {
      call.phrases("Parley", "größe");
    }
    if (can.temperature()) {
      call.temperature(0.25);
    }
    if (can.logprobs()) {
      call.logprobs();
    }
    Written written = all(call);
    assertThat(written.transcript().text()).isEqualTo(talk().text());
    assertThat(written.transcript().logprobs().isEmpty()).isEqualTo(!can.logprobs());
  }

  @Test
  void whatTheModelCannotDoIsRefusedByName() {
    RecognitionAbilities can = abilities();
    if (!can.words()) {
      assertMissing(RecognitionCalls.of(talk()).words(), "words");
    }
    if (!can.segments()) {
      assertMissing(RecognitionCalls.of(talk()).segments(), "segments");
    }
    if (!can.logprobs()) {
      assertMissing(RecognitionCalls.of(talk()).logprobs(), "logprobs");
    }
    if (!can.prompt()) {
      assertMissing(RecognitionCalls.of(talk()).prompt("x"), "prompt");
    }
    if (!can.phrases()) {
      assertMissing(RecognitionCalls.of(talk()).phrases("x"), "phrases");
    }
    if (!can.translates()) {
      assertMissing(RecognitionCalls.of(talk()).task(RecognitionTask.TRANSLATE), "translation");
    }
    if (can.detects() == Detection.NONE) {
      assertMissing(RecognitionCalls.of(talk()).task(RecognitionTask.DETECT_LANGUAGE), "language");
    }
    if (!can.speakers()) {
      assertMissing(RecognitionCalls.of(talk()).speakers(SpeakerWish.NONE), "speakers");
    }
    assertThat(fake.requests(transcriptionPath())).isEmpty();
  }

  private void assertMissing(RecognitionCalls call, String what) {
    assertThat(all(call).error())
        .isInstanceOfSatisfying(
            HubError.CapabilityMissing.class, error -> assertThat(error.missing()).contains(what));
  }

  @Test
  void tooLargeAClipIsNotSent() {
    Assumptions.assumeTrue(abilities().bytesMax() < 100_000_000);
    byte[] large = Wave.file(new byte[(int) abilities().bytesMax()], 16_000);
    assertThat(all(RecognitionCalls.of(large, 1)).error()).isInstanceOf(HubError.TooLarge.class);
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void whatIsNoSoundIsUnsupported() {
    byte[] text = "no sound at all, only text".repeat(20).getBytes(StandardCharsets.UTF_8);
    Written written = all(RecognitionCalls.of(text, 1));
    assertThat(written.error()).isInstanceOf(HubError.UnsupportedAudio.class);
  }

  @Test
  void tellsWhatItTook() {
    Assumptions.assumeTrue(tellsUsage());
    var usage = all(RecognitionCalls.of(talk())).transcript().usage();
    assertThat(usage.hasTokens() || usage.seconds().isPresent()).isTrue();
  }

  @Test
  void membersThatNobodyModelsArriveAndOverwriteNothing() {
    Assumptions.assumeTrue(takesExtra());
    Written written =
        all(
            RecognitionCalls.of(talk())
                .extra("{\"model\":\"other\",\"x_parley\":\"über\",\"x_deep\":{\"a\":[1.0]}}"));
    assertThat(written.transcript().text()).isEqualTo(talk().text());
    assertThat(request().text()).contains("über").contains("{\"a\":[1.0]}").doesNotContain("other");
  }

  @Test
  void nothingIsSentBeforeSubscription() {
    send(backend, RecognitionCalls.of(talk()));
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void canBeSubscribedToOnce() {
    Flow.Publisher<RecognitionEvent> publisher = send(backend, RecognitionCalls.of(talk()));
    Written.all(publisher);
    assertThat(Written.all(publisher).failure()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deliversNoMoreThanAsked() {
    Written written = Written.of(send(backend, RecognitionCalls.of(talk()).streamed()), 0);
    int asked = 0;
    while (!written.completed() && written.failure() == null && asked < 500) {
      assertThat(written.events()).hasSizeLessThanOrEqualTo(asked);
      asked++;
      written.subscription().request(1);
      if (asked < 3) {
        written.awaitEvents(asked);
      }
    }
    written.awaitEnd();
    assertThat(written.transcript().text()).isEqualTo(talk().text());
  }

  @Test
  void cancelReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.hang());
    Written written = Written.of(send(backend, RecognitionCalls.of(talk())), 1);
    RecordedRequest request = fake.awaitRequest(transcriptionPath(), WAIT);
    written.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
    assertThat(written.failure()).isNull();
  }

  @Test
  void cancelInMidStreamReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.usual().cutInto(40).hangAfter(2));
    Written written =
        Written.of(send(backend, RecognitionCalls.of(talk()).streamed()), Long.MAX_VALUE);
    written.awaitEvents(1);
    RecordedRequest request = fake.awaitRequest(transcriptionPath(), WAIT);
    written.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
    assertThat(written.failure()).isNull();
  }

  @Test
  void aCutAnswerIsNeverACompletion() {
    for (Behaviour cut :
        List.of(
            Behaviour.usual().cutInto(20).closeAfter(2),
            Behaviour.usual().cutInto(20).resetAfter(2),
            Behaviour.close(),
            Behaviour.reset())) {
      for (RecognitionCalls call :
          List.of(RecognitionCalls.of(talk()), RecognitionCalls.of(talk()).streamed())) {
        fake.enqueue(cut);
        Written written = all(call);
        assertThat(written.completed()).isFalse();
        assertThat(written.error())
            .isInstanceOfSatisfying(
                HubError.BackendFailed.class,
                error -> assertThat(error.toString()).doesNotContain("127.0.0.1"));
      }
    }
  }

  @Test
  void aStreamThatEndsWithoutItsMarkIsNeverACompletion() {
    Assumptions.assumeTrue(abilities().streams());
    fake.enqueue(Behaviour.usual().endAfter(2));
    Written written = all(RecognitionCalls.of(talk()).streamed());
    assertThat(written.completed()).isFalse();
    assertThat(written.error()).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void anErrorInMidStreamIsAFailureBehindTheTextBeforeIt() {
    Assumptions.assumeTrue(abilities().streams());
    fake.enqueue(
        Behaviour.usual()
            .endingAfter(2, "data: {\"error\":{\"message\":\"died\",\"code\":500}}\n\n"));
    Written written = all(RecognitionCalls.of(talk()).streamed());
    assertThat(written.completed()).isFalse();
    assertThat(written.error()).isInstanceOf(HubError.BackendFailed.class);
  }

  private HubError refused(Behaviour behaviour) {
    fake.enqueue(behaviour);
    return all(RecognitionCalls.of(talk())).error();
  }

  @Test
  void classifiesErrorAnswers() {
    assertThat(refused(Behaviour.status(400, "{\"error\":{\"message\":\"bad\"}}")))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class, error -> assertThat(error.message()).isEqualTo("bad"));
    Behaviour busy = Behaviour.status(429, Map.of("retry-after", "7"), "slow down");
    assertThat(refused(busy))
        .isInstanceOfSatisfying(
            HubError.RateLimited.class, error -> assertThat(error.retryAfter()).hasSeconds(7));
    assertThat(refused(Behaviour.status(500, ""))).isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(Behaviour.status(503, "{\"error\":{\"message\":\"Loading model\"}}")))
        .isInstanceOf(HubError.ModelLoading.class);
    assertThat(refused(Behaviour.status(503, "busy"))).isInstanceOf(HubError.Overloaded.class);
    assertThat(refused(Behaviour.status(501, "{\"error\":{\"message\":\"no\"}}")))
        .isInstanceOf(HubError.CapabilityMissing.class);
  }

  @Test
  void aSuccessWithoutATranscriptIsAFailure() {
    assertThat(refused(Behaviour.status(200, "{\"error\":{\"message\":\"no\",\"code\":429}}")))
        .isInstanceOf(HubError.RateLimited.class);
    for (String body : List.of("{}", "no JSON", "", "[]", "{\"error\":\"no\"}")) {
      assertThat(refused(Behaviour.status(200, body))).isInstanceOf(HubError.BackendFailed.class);
    }
  }

  @Test
  void showsItsCredentialsAndHeadersWhenItListens() {
    fake.require(Credential.bearer("k-1"));
    try (Backend known =
            backendAt(fake.baseUri(), new Credentials.Bearer("k-1"), Map.of("x-title", "Parley"));
        Backend wrong = backendAt(fake.baseUri(), new Credentials.Bearer("k-2"), Map.of())) {
      assertThat(Written.all(send(known, RecognitionCalls.of(talk()))).failure()).isNull();
      assertThat(request().header("x-title")).contains("Parley");
      assertThat(request().header("x-request-id")).contains("req-1");
      assertThat(Written.all(send(wrong, RecognitionCalls.of(talk()))).error())
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              error -> assertThat(error.upstreamStatus()).hasValue(wrongKeyStatus()));
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
            Faults.eventStream(""),
            Faults.endlessHead(100_000))) {
      try (FaultServer server = FaultServer.start(fault);
          Backend broken = backendAt(server.baseUri(), new Credentials.None(), Map.of())) {
        HubError error = Written.all(send(broken, RecognitionCalls.of(talk()))).error();
        assertThat(error).isInstanceOf(HubError.BackendFailed.class);
        assertThat(server.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void whoIsNotThereHasNotSeenTheCall() {
    try (Backend away = backendAt(FaultServer.refusing(), new Credentials.None(), Map.of())) {
      assertThat(Written.all(send(away, RecognitionCalls.of(talk()))).error())
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              failed -> assertThat(failed.reached()).isEqualTo(HubError.Reached.NOBODY));
    }
  }
}
