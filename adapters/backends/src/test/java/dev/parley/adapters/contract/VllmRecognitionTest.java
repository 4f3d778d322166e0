package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.openai.FakeVllm;
import org.junit.jupiter.api.Test;

class VllmRecognitionTest extends RecognizerContract {

  @Override
  FakeBackend fake() {
    return new FakeVllm("openai/whisper-large-v3");
  }

  @Override
  String type() {
    return "vllm";
  }

  @Override
  String model() {
    return "openai/whisper-large-v3";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String transcriptionPath() {
    return "/v1/audio/transcriptions";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeVllm) fake).recogniser();
  }

  private Form form() {
    return Form.in(request()).orElseThrow();
  }

  @Test
  void everyWindowEndsAndOnlyTheMarkEndsTheStream() {
    Written written = all(RecognitionCalls.of(talk()).streamed());
    assertThat(written.transcript().usage().totalTokens()).isPresent();
    assertThat(form().text("stream")).contains("true");
  }

  @Test
  void modelsWithoutTimesAreAskedForTextAlone() {
    ((FakeVllm) fake).segments(false);
    assertThat(all(RecognitionCalls.of(talk())).transcript().text()).isEqualTo(talk().text());
    assertThat(all(RecognitionCalls.of(talk()).segments()).failure()).isNotNull();
  }

  @Test
  void turboModelsDoNotTranslate() {
    assertThat(recognizer().abilities("openai/whisper-large-v3-turbo").translates()).isFalse();
  }
}
