package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.model.Capability;
import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.core.spi.ModelInfo;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.pyannote.FakePyannote;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PyannoteDiarizationTest extends DiarizerContract {

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
    return "pyannote/speaker-diarization-3.1";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String askedPath() {
    return "/diarize";
  }

  /** Its only list is its health, which needs no key. */
  @Override
  @Test
  void showsItsCredentialsAndHeaders() {
    backend.models().join();
    assertThat(fake.requests("/health")).isNotEmpty();
  }

  @Test
  void twoModelsStandForWhatItDoes() {
    assertThat(backend.models().join())
        .extracting(ModelInfo::capabilities)
        .containsExactly(Set.of(Capability.DIARIZATION), Set.of(Capability.SPEAKER_VERIFICATION));
  }

  @Test
  void sortsTheTurns() {
    ((FakePyannote) fake).shuffled(true);
    ((FakePyannote) fake).tellsLength(false);
    var found = SpeakerAnswers.all(ask(backend)).diarization();
    assertThat(found.turns()).isSortedAccordingTo((a, b) -> Double.compare(a.start(), b.start()));
    assertThat(found.turns()).extracting(SpeakerTurn::speaker).contains("SPEAKER_01");
    assertThat(found.seconds()).isEmpty();
  }

  @Test
  void aServiceThatIsWellAndCannotDiarizeFails() {
    ((FakePyannote) fake).broken(true);
    assertThat(SpeakerAnswers.all(ask(backend)).error())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> assertThat(error.detail()).contains("unexpected keyword"));
  }
}
