package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.openai.FakeLlamaServer;
import org.junit.jupiter.api.Test;

class LlamaServerRecognitionTest extends RecognizerContract {

  @Override
  FakeBackend fake() {
    return new FakeLlamaServer("ultravox");
  }

  @Override
  String type() {
    return "llama-server";
  }

  @Override
  String model() {
    return "ultravox";
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
    return ((FakeLlamaServer) fake).recogniser();
  }

  private Form form() {
    return Form.in(request()).orElseThrow();
  }

  @Test
  void oneModelIsAskedWhateverItsName() {
    Written written = all(RecognitionCalls.of(talk()));
    assertThat(written.transcript().usage().totalTokens()).isPresent();
    assertThat(form().text("model")).contains("ultravox");
  }
}
