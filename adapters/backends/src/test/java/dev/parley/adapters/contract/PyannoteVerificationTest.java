package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.Verification;
import dev.parley.core.speakers.VerificationCall;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.content.Dialogue;
import dev.parley.testkit.pyannote.FakePyannote;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class PyannoteVerificationTest extends SpeakerContract {

  @Override
  FakeBackend fake() {
    return new FakePyannote();
  }

  @Override
  String type() {
    return "pyannote";
  }

  @Override
  String model() {
    return "pyannote/embedding";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String askedPath() {
    return "/verify";
  }

  /** Its only list is its health, which needs no key. */
  @Override
  @Test
  void showsItsCredentialsAndHeaders() {
    backend.models().join();
    assertThat(fake.requests("/health")).isNotEmpty();
  }

  @Override
  Flow.Publisher<SpeakerEvent> ask(Backend to) {
    return ask(to, 0, 0);
  }

  private Flow.Publisher<SpeakerEvent> ask(Backend to, int one, int other) {
    return to.verification()
        .orElseThrow()
        .verify(
            new VerificationCall(
                clip(Dialogue.voice(one, 2)),
                clip(Dialogue.voice(other, 3)),
                "req-1",
                Map.of(),
                Caller.ANYONE),
            new Target("under-test", model()));
  }

  @Test
  void tellsWhetherItIsTheSamePerson() {
    assertThat(SpeakerAnswers.all(ask(backend, 2, 2)).verification())
        .isEqualTo(new Verification(true, FakePyannote.SAME, FakePyannote.THRESHOLD));
    assertThat(SpeakerAnswers.all(ask(backend, 2, 3)).verification())
        .isEqualTo(new Verification(false, FakePyannote.OTHER, FakePyannote.THRESHOLD));
    assertThat(form().bytes("file1")).hasValue(Dialogue.voice(2, 2).wav(16_000));
    assertThat(form().bytes("file2")).hasValue(Dialogue.voice(3, 3).wav(16_000));
  }

  @Test
  void theScoreIsACosineAndDecides() {
    fake.enqueue(
        Behaviour.status(
            200, "{\"is_same_speaker\":false,\"similarity_score\":1.0000002,\"threshold\":0.5}"));
    assertThat(SpeakerAnswers.all(ask(backend)).verification())
        .isEqualTo(new Verification(true, 1, 0.5));
  }
}
