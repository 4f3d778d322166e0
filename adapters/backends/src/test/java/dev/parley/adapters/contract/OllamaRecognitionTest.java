package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.model.Capability;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.ollama.FakeOllama;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OllamaRecognitionTest extends RecognitionQuirks {

  @Override
  FakeBackend fake() {
    return new FakeOllama("gemma3n:e4b", "mxbai-embed-large");
  }

  @Override
  String type() {
    return "ollama";
  }

  @Override
  String model() {
    return "gemma3n:e4b";
  }

  @Override
  String healthPath() {
    return "/api/version";
  }

  @Override
  String transcriptionPath() {
    return "/v1/audio/transcriptions";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeOllama) fake).recogniser();
  }

  @Test
  void writesDownTheTextAlone() {
    assertThat(transcript(Ask.text()).text()).isEqualTo(TALK.text());
    assertThat(fields()).isEqualTo(Map.of("model", model(), "response_format", "json"));
    transcript(Ask.text().in("de-AT").after("Hallo."));
    assertThat(fields()).containsEntry("language", "de").containsEntry("prompt", "Hallo.");
  }

  @Test
  void onlyModelsThatHearCan() {
    assertThat(backend.models().join())
        .filteredOn(model -> model.capabilities().contains(Capability.STT))
        .singleElement()
        .satisfies(model -> assertThat(model.id()).isEqualTo(model()));
    Written written = send(backend, Ask.text().of(TALK.wav()), "mxbai-embed-large");
    written.awaitEnd();
    assertThat(written.error()).isInstanceOf(HubError.BackendRejected.class);
  }

  @Test
  void whatItCannotReadIsNoSound() {
    assertThat(unreadable()).isInstanceOf(HubError.UnsupportedAudio.class);
  }
}
