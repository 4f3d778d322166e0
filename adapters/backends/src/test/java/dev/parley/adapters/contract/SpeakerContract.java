package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.Credentials;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Credential;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Dialogue;
import dev.parley.testkit.content.Wave;
import dev.parley.testkit.fault.FaultServer;
import dev.parley.testkit.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What every adapter does that is asked about speakers, whatever it is asked. */
abstract class SpeakerContract extends BackendContract {

  static final Duration WAIT = Duration.ofSeconds(5);
  static final Target TARGET = new Target("under-test", "any");

  static Clip clip(Dialogue dialogue) {
    byte[] wav = dialogue.wav(Clip.RATE_HZ);
    return new Clip(AudioEncoding.WAV, wav, (wav.length - Wave.HEADER_BYTES) / 2);
  }

  /** Where the fake is asked. */
  abstract String askedPath();

  /** A question that the fake can answer. */
  abstract Flow.Publisher<SpeakerEvent> ask(Backend to);

  /** The status of a wrong key as this server gives it. */
  int wrongKeyStatus() {
    return 401;
  }

  RecordedRequest request() {
    return fake.requests(askedPath()).getLast();
  }

  Form form() {
    return Form.of(request());
  }

  private HubError refused(Behaviour behaviour) {
    fake.enqueue(behaviour);
    return SpeakerAnswers.all(ask(backend)).error();
  }

  @Test
  void opensThenAnswersAtAnySplitOfTheBytes() {
    for (int bytes : new int[] {7, 1_000}) {
      fake.enqueue(Behaviour.usual().cutInto(bytes));
      SpeakerAnswers answers = SpeakerAnswers.all(ask(backend));
      assertThat(answers.failure()).isNull();
      assertThat(answers.completed()).isTrue();
      assertThat(answers.events()).hasSize(2);
      assertThat(answers.events().getFirst()).isInstanceOf(SpeakerEvent.Opened.class);
    }
  }

  @Test
  void nothingIsSentBeforeSubscription() {
    ask(backend);
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void canBeSubscribedToOnce() {
    Flow.Publisher<SpeakerEvent> publisher = ask(backend);
    SpeakerAnswers.all(publisher);
    assertThat(SpeakerAnswers.all(publisher).failure()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deliversNoMoreThanAsked() {
    SpeakerAnswers answers = SpeakerAnswers.of(ask(backend), 1);
    answers.awaitEvents(1);
    assertThat(answers.events()).hasSize(1);
    answers.subscription().request(5);
    answers.awaitEnd();
    assertThat(answers.events()).hasSize(2);
  }

  @Test
  void cancelReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.hang());
    SpeakerAnswers answers = SpeakerAnswers.of(ask(backend), 1);
    RecordedRequest request = fake.awaitRequest(askedPath(), WAIT);
    answers.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
    assertThat(answers.failure()).isNull();
  }

  @Test
  void classifiesErrorAnswers() {
    for (int status : new int[] {400, 422}) {
      assertThat(refused(Behaviour.status(status, "{\"detail\":\"num_speakers: bad\"}")))
          .isInstanceOfSatisfying(
              HubError.BackendRejected.class,
              error -> {
                assertThat(error.status()).isEqualTo(400);
                assertThat(error.message()).isEqualTo("num_speakers: bad");
              });
    }
    assertThat(refused(Behaviour.status(413, "too large")))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class, error -> assertThat(error.status()).isEqualTo(413));
    assertThat(refused(Behaviour.status(401, "{\"detail\":\"no\"}")))
        .isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(Behaviour.status(429, Map.of("retry-after", "7"), "slow down")))
        .isInstanceOf(HubError.RateLimited.class);
    assertThat(refused(Behaviour.status(500, "{\"detail\":\"use_auth_token\"}")))
        .isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(Behaviour.status(503, "busy"))).isInstanceOf(HubError.Overloaded.class);
    assertThat(refused(Behaviour.status(504, "late")))
        .isInstanceOf(HubError.DeadlineExceeded.class);
  }

  @Test
  void aSuccessThatIsNoAnswerIsAFailure() {
    for (String body :
        List.of(
            "{}",
            "no JSON",
            "[]",
            "{\"segments\":[{\"speaker\":\"A\",\"start\":1}],\"similarity_score\":\"high\"}",
            "{\"segments\":[7],\"similarity_score\":0.3}",
            "{\"error\":{\"message\":\"no\",\"code\":500}}")) {
      assertThat(refused(Behaviour.status(200, body)))
          .as(body)
          .isInstanceOf(HubError.BackendFailed.class);
    }
    assertThat(refused(Behaviour.status(200, "{\"error\":{\"message\":\"no\",\"code\":429}}")))
        .isInstanceOf(HubError.RateLimited.class);
  }

  @Test
  void aCutAnswerIsNeverACompletion() {
    for (Behaviour cut :
        List.of(
            Behaviour.usual().cutInto(10).closeAfter(2),
            Behaviour.usual().cutInto(10).resetAfter(2),
            Behaviour.close(),
            Behaviour.reset())) {
      fake.enqueue(cut);
      SpeakerAnswers answers = SpeakerAnswers.all(ask(backend));
      assertThat(answers.completed()).isFalse();
      assertThat(answers.error())
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              error -> assertThat(error.toString()).doesNotContain("127.0.0.1"));
    }
  }

  @Test
  void brokenConnectionsAreFailures() {
    for (var fault :
        List.of(
            Faults.closeWithoutAnswer(),
            Faults.resetBeforeHeaders(),
            Faults.junk(),
            Faults.endlessHead(100_000))) {
      try (FaultServer server = FaultServer.start(fault);
          Backend broken = backendAt(server.baseUri(), new Credentials.None(), Map.of())) {
        assertThat(SpeakerAnswers.all(ask(broken)).error())
            .isInstanceOf(HubError.BackendFailed.class);
        assertThat(server.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void refusedConnectionIsTyped() {
    try (Backend away = backendAt(FaultServer.refusing(), new Credentials.None(), Map.of())) {
      assertThat(SpeakerAnswers.all(ask(away)).error())
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              failed -> assertThat(failed.reached()).isEqualTo(HubError.Reached.NOBODY));
    }
  }

  @Test
  void showsItsCredentialsWhenItAsks() {
    fake.require(Credential.bearer("k-1"));
    try (Backend known =
            backendAt(fake.baseUri(), new Credentials.Bearer("k-1"), Map.of("x-title", "Parley"));
        Backend wrong = backendAt(fake.baseUri(), new Credentials.Bearer("k-2"), Map.of())) {
      assertThat(SpeakerAnswers.all(ask(known)).failure()).isNull();
      assertThat(request().header("x-title")).contains("Parley");
      assertThat(request().header("x-request-id")).contains("req-1");
      assertThat(SpeakerAnswers.all(ask(wrong)).error())
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              error -> assertThat(error.upstreamStatus()).hasValue(wrongKeyStatus()));
    }
  }
}
