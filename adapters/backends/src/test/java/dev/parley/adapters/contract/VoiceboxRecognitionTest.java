package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.error.HubError;
import dev.parley.core.model.Capability;
import dev.parley.core.recognition.Transcript;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.voicebox.FakeVoicebox;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoiceboxRecognitionTest extends RecognitionQuirks {

  @Override
  FakeBackend fake() {
    return new FakeVoicebox();
  }

  @Override
  String type() {
    return "voicebox";
  }

  @Override
  String model() {
    return "voicebox-whisper";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String transcriptionPath() {
    return "/transcribe";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeVoicebox) fake).recogniser();
  }

  @Test
  void writesDownTheText() {
    Transcript heard = transcript(Ask.text());
    assertThat(heard.text()).isEqualTo(TALK.text());
    assertThat(heard.seconds().orElseThrow()).isCloseTo(TALK.seconds(), within(0.01));
    assertThat(heard.segments()).isEmpty();
    assertThat(fields()).isEmpty();
  }

  @Test
  void tellsOnlyLanguagesThatItKnows() {
    transcript(Ask.text().in("pt-BR"));
    assertThat(fields()).isEqualTo(Map.of("language", "pt"));
    transcript(Ask.text().in("nl"));
    assertThat(fields()).isEmpty();
  }

  @Test
  void aModelNamedAfterASizeIsThatSize() {
    for (String model : new String[] {"small", "whisper-small"}) {
      Written written = send(backend, Ask.text().of(TALK.wav()), model);
      written.awaitEnd();
      assertThat(written.transcript().text()).isEqualTo(TALK.text());
      assertThat(fields()).isEqualTo(Map.of("model", "small"));
    }
  }

  @Test
  void aModelOnItsWayIsNoSuccess() {
    ((FakeVoicebox) fake).hears(false);
    assertThat(written(Ask.text()).error())
        .isInstanceOfSatisfying(
            HubError.ModelLoading.class, error -> assertThat(error.retryAfter()).isPositive());
  }

  @Test
  void whatItCannotReadIsNoSound() {
    assertThat(unreadable()).isInstanceOf(HubError.UnsupportedAudio.class);
  }

  @Test
  void aModelOfItsOwnWritesDownSpeech() {
    assertThat(backend.models().join())
        .filteredOn(model -> model.capabilities().contains(Capability.STT))
        .singleElement()
        .satisfies(model -> assertThat(model.id()).isEqualTo("voicebox-whisper"));
  }
}
