package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.openai.FakeOpenRouter;
import org.junit.jupiter.api.Test;

class OpenRouterRecognitionTest extends RecognizerContract {

  @Override
  FakeBackend fake() {
    return new FakeOpenRouter("openai/whisper-large-v3");
  }

  @Override
  String type() {
    return "openrouter";
  }

  @Override
  String model() {
    return "openai/whisper-large-v3";
  }

  @Override
  String healthPath() {
    return "/api/v1/key";
  }

  @Override
  String transcriptionPath() {
    return "/api/v1/audio/transcriptions";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeOpenRouter) fake).recogniser();
  }

  @Test
  void sendsJsonWithTheRecordingAsBase64() {
    all(RecognitionCalls.of(talk()).words().in("de"));
    var body = request().json();
    assertThat(body.at("/input_audio/data").asText()).startsWith("UklGR");
    assertThat(body.at("/input_audio/format").asText()).isEqualTo("wav");
    assertThat(body.path("response_format").asText()).isEqualTo("verbose_json");
    assertThat(body.path("language").asText()).isEqualTo("de");
  }

  @Test
  void aPromptGoesToTheProviderBesideWhatTheCallerSentThere() {
    all(
        RecognitionCalls.of(talk())
            .prompt("before")
            .extra("{\"provider\":{\"order\":[\"x\"],\"options\":{\"openai\":{\"a\":1}}}}"));
    assertThat(request().json().at("/provider/options/openai/prompt").asText()).isEqualTo("before");
    assertThat(request().json().at("/provider/options/openai/a").asInt()).isEqualTo(1);
    assertThat(request().json().at("/provider/order/0").asText()).isEqualTo("x");
    assertThat(request().json().has("prompt")).isFalse();
  }

  @Test
  void modelsOfOthersGiveTextAlone() {
    assertThat(recognizer().abilities("mistral/voxtral").segments()).isFalse();
    assertThat(recognizer().abilities("openai/gpt-4o-transcribe").segments()).isFalse();
  }
}
