package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.recognition.RecognitionTask;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.openai.FakeOpenAi;
import org.junit.jupiter.api.Test;

class OpenAiWhisperTest extends RecognizerContract {

  @Override
  FakeBackend fake() {
    return new FakeOpenAi("whisper-1");
  }

  @Override
  String type() {
    return "openai";
  }

  @Override
  String model() {
    return "whisper-1";
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
  void asksForDetailsOnlyWhenTheyAreWanted() {
    all(RecognitionCalls.of(talk()));
    assertThat(form().text("response_format")).contains("json");
    all(RecognitionCalls.of(talk()).words());
    assertThat(form().text("response_format")).contains("verbose_json");
    assertThat(form().texts("timestamp_granularities[]")).containsExactly("word");
    all(RecognitionCalls.of(talk()).words().segments());
    assertThat(form().texts("timestamp_granularities[]")).containsExactly("word", "segment");
  }

  @Test
  void tellsTheLanguageAloneOfATag() {
    all(RecognitionCalls.of(talk()).in("pt-BR"));
    assertThat(form().text("language")).contains("pt");
    all(RecognitionCalls.of(talk()).in("de", "fr"));
    assertThat(form().has("language")).isFalse();
  }

  @Test
  void theFileHasANameAndAType() {
    all(RecognitionCalls.of(talk()));
    var file = form().file("file").orElseThrow();
    assertThat(file.fileName()).isEqualTo("audio.wav");
    assertThat(file.type()).isEqualTo("audio/wav");
  }

  @Test
  void aTranslationGoesToItsOwnRoute() {
    all(RecognitionCalls.of(talk()).task(RecognitionTask.TRANSLATE));
    assertThat(fake.requests("/v1/audio/translations")).hasSize(1);
    assertThat(fake.requests(transcriptionPath())).isEmpty();
  }
}
