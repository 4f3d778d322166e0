package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Capability;
import dev.parley.core.speech.PresetVoice;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeSpeaches;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeachesSpeechTest extends SynthesizerContract {

  @Override
  FakeBackend fake() {
    return new FakeSpeaches();
  }

  @Override
  String type() {
    return "speaches";
  }

  @Override
  String model() {
    return "speaches-ai/Kokoro-82M-v1.0-ONNX";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String speechPath() {
    return "/v1/audio/speech";
  }

  @Override
  String presetVoice() {
    return "af_bella";
  }

  @Override
  int wrongKeyStatus() {
    return 403;
  }

  @Test
  void asksForTheRateThatItAnnounces() {
    ((FakeSpeaches) fake).speech().sampleRateHz(22_050);
    Heard heard = all(say("Hello there."));
    assertThat(heard.text()).isEqualTo("Hello there.");
    assertThat(heard.opened().format().sampleRateHz()).isEqualTo(24_000);
    assertThat(request().json().path("sample_rate").asInt()).isEqualTo(24_000);
  }

  @Test
  void itsTasksAreCapabilitiesAndItsVoicesHaveLanguages() {
    assertThat(backend.models().join())
        .allSatisfy(model -> assertThat(model.capabilities()).containsExactly(Capability.TTS));
    assertThat(speaker().voices(model()).join().orElseThrow())
        .contains(new PresetVoice("bm_george", List.of("en-GB")))
        .first()
        .isEqualTo(new PresetVoice("af_heart", List.of("en-US")));
  }
}
