package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.openai.FakeOpenAi;
import org.junit.jupiter.api.Test;

class OpenAiTranscribeTest extends RecognizerContract {

  @Override
  FakeBackend fake() {
    return new FakeOpenAi("gpt-4o-transcribe");
  }

  @Override
  String type() {
    return "openai";
  }

  @Override
  String model() {
    return "gpt-4o-transcribe";
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
  void tokensComeWithTheirDeltas() {
    Written written = all(RecognitionCalls.of(talk()).logprobs().streamed());
    assertThat(form().texts("include[]")).containsExactly("logprobs");
    assertThat(written.transcript().logprobs()).hasSize(talk().words().size());
    assertThat(written.transcript().usage().totalTokens()).isPresent();
  }
}
