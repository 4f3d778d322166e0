package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.core.error.HubError;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.Transcript;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.openai.FakeVllmOmni;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class VllmOmniRecognitionTest extends RecognitionQuirks {

  @Override
  FakeBackend fake() {
    return new FakeVllmOmni();
  }

  @Override
  String type() {
    return "vllm-omni";
  }

  @Override
  String model() {
    return "Qwen/Qwen3-Omni-30B-A3B-Instruct";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String transcriptionPath() {
    return "/v1/chat/completions";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeVllmOmni) fake).recogniser();
  }

  @Override
  boolean tellsUsage() {
    return true;
  }

  private JsonNode document() {
    return request().json();
  }

  @Test
  void isAskedToWriteDownWhatItHears() {
    Transcript heard = transcript(Ask.text().in("de-AT"));
    assertThat(heard.text()).isEqualTo(TALK.text());
    assertThat(heard.usage().totalTokens()).isPresent();
    JsonNode sent = document();
    assertThat(sent.path("model").asText()).isEqualTo(model());
    assertThat(sent.path("modalities").toString()).isEqualTo("[\"text\"]");
    assertThat(sent.path("temperature").asDouble(-1)).isZero();
    JsonNode parts = sent.path("messages").path(0).path("content");
    String url = parts.path(0).path("audio_url").path("url").asText();
    assertThat(url).startsWith("data:audio/wav;base64,");
    assertThat(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)))
        .isEqualTo(TALK.wav());
    assertThat(parts.path(1).path("text").asText()).contains("word for word").contains("German");
  }

  @Test
  void theTextComesWhileItIsFound() {
    Written written = written(Ask.text().streamed().at(0.3));
    assertThat(written.deltas()).hasSizeGreaterThan(2);
    assertThat(String.join("", written.deltas())).isEqualTo(TALK.text());
    assertThat(written.transcript().text()).isEqualTo(TALK.text());
    assertThat(written.transcript().usage().hasTokens()).isTrue();
    assertThat(document().path("temperature").asDouble()).isEqualTo(0.3);
  }

  @Test
  void isAskedToTranslate() {
    transcript(Ask.text().to(RecognitionTask.TRANSLATE));
    assertThat(document().path("messages").path(0).path("content").path(1).path("text").asText())
        .startsWith("Translate")
        .contains("into English");
  }

  @Test
  void namesTheLanguage() {
    ((FakeVllmOmni) fake).recogniser().language("fr");
    Transcript heard = transcript(Ask.text().streamed().to(RecognitionTask.DETECT_LANGUAGE));
    assertThat(heard.language()).isEqualTo("fr");
    assertThat(heard.text()).isEmpty();
  }

  private static Behaviour says(String text, String reason) {
    return Behaviour.status(
        200,
        "{\"choices\":[{\"index\":0,\"finish_reason\":\"%s\",\"message\":{\"content\":\"%s\"}}]}"
            .formatted(reason, text));
  }

  @Test
  void headingsAndQuotesAroundAllAreNoSpeech() {
    fake.enqueue(says("Here is the transcription:\\n\\n\\\"Hello there.\\\"", "stop"));
    assertThat(transcript(Ask.text()).text()).isEqualTo("Hello there.");
  }

  @Test
  void aTextThatWasCutOffIsAFailure() {
    assertThat(refused(says("Hello the", "length"))).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void anAnswerWithoutALanguageIsAFailure() {
    fake.enqueue(says("I cannot tell.", "stop"));
    assertThat(written(Ask.text().to(RecognitionTask.DETECT_LANGUAGE)).error())
        .isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void aStreamThatBreaksOffIsAFailure() {
    fake.enqueue(Behaviour.usual().endAfter(3));
    Written written = written(Ask.text().streamed());
    assertThat(written.completed()).isFalse();
    assertThat(written.error()).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void whatItCannotReadIsNoSound() {
    assertThat(unreadable()).isInstanceOf(HubError.UnsupportedAudio.class);
  }

  /** One process has one model; one that was made for it has the route for it. */
  @Test
  void modelsMadeForItAreAskedByTheirRoute() {
    fake.enqueue(
        Behaviour.reply(
            Answer.events(
                List.of(
                    "data: {\"object\":\"transcription.chunk\","
                        + "\"choices\":[{\"delta\":{\"content\":\" Hello\"}}]}\n\n",
                    "data: [DONE]\n\n"))));
    Written written =
        send(backend, Ask.text().streamed().of(TALK.wav()), "openai/whisper-large-v3");
    written.awaitEnd();
    assertThat(written.transcript().text()).isEqualTo("Hello");
    assertThat(fake.requests("/v1/audio/transcriptions")).hasSize(1);
    fake.enqueue(Behaviour.status(200, "{\"text\":\"Hello.\"}"));
    Written translated =
        send(
            backend,
            Ask.text().to(RecognitionTask.TRANSLATE).of(TALK.wav()),
            "openai/whisper-large-v3");
    translated.awaitEnd();
    assertThat(translated.transcript().text()).isEqualTo("Hello.");
    assertThat(fake.requests("/v1/audio/translations")).hasSize(1);
  }
}
