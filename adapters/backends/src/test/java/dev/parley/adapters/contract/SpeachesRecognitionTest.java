package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.openai.FakeSpeaches;
import org.junit.jupiter.api.Test;

class SpeachesRecognitionTest extends RecognizerContract {

  @Override
  FakeBackend fake() {
    return new FakeSpeaches("Systran/faster-whisper-small");
  }

  @Override
  String type() {
    return "speaches";
  }

  @Override
  String model() {
    return "Systran/faster-whisper-small";
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
    return ((FakeSpeaches) fake).recogniser();
  }

  private Form form() {
    return Form.in(request()).orElseThrow();
  }

  @Override
  int wrongKeyStatus() {
    return 403;
  }

  @Override
  boolean tellsUsage() {
    return false;
  }

  @Test
  void phrasesAreHotwords() {
    all(RecognitionCalls.of(talk()).phrases("Parley", "hub"));
    assertThat(form().text("hotwords")).contains("Parley, hub");
  }
}
