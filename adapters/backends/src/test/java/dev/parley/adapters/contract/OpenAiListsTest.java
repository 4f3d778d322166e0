package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.openai.FakeOpenAi;
import org.junit.jupiter.api.Test;

class OpenAiListsTest extends RecognizerContract {

  @Override
  FakeBackend fake() {
    return new FakeOpenAi("gpt-transcribe");
  }

  @Override
  String type() {
    return "openai";
  }

  @Override
  String model() {
    return "gpt-transcribe";
  }

  @Override
  String healthPath() {
    return "/v1/models";
  }

  @Override
  String transcriptionPath() {
    return "/v1/audio/transcriptions";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeOpenAi) fake).recogniser();
  }

  private Form form() {
    return Form.in(request()).orElseThrow();
  }

  @Test
  void tellsSeveralLanguagesAndKeywords() {
    Written written = all(RecognitionCalls.of(talk()).in("de-AT", "en").phrases("Parley", "hub"));
    assertThat(written.transcript().language()).isEqualTo("en");
    assertThat(form().texts("languages[]")).containsExactly("de", "en");
    assertThat(form().texts("keywords[]")).containsExactly("Parley", "hub");
  }
}
