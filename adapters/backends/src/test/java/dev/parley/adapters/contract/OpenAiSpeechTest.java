package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeOpenAi;
import org.junit.jupiter.api.Test;

class OpenAiSpeechTest extends SynthesizerContract {

  @Override
  FakeBackend fake() {
    return new FakeOpenAi("gpt-4o-mini-tts", "tts-1");
  }

  @Override
  String type() {
    return "openai";
  }

  @Override
  String model() {
    return "gpt-4o-mini-tts";
  }

  @Override
  String healthPath() {
    return "/v1/models";
  }

  @Override
  String speechPath() {
    return "/v1/audio/speech";
  }

  @Override
  String presetVoice() {
    return "coral";
  }

  @Test
  void modelsOfTheFirstGenerationSendBytesAndTakeNoInstructions() {
    assertThat(speaker().abilities("tts-1-hd").instructions()).isFalse();
    Heard heard =
        Heard.all(speaker().speak(say("Hello.").call(), new Target("under-test", "tts-1")));
    assertThat(heard.text()).isEqualTo("Hello.");
    assertThat(request().json().has("stream_format")).isFalse();
  }

  @Test
  void laterModelsSendEventsWithTheirCounts() {
    Heard heard = all(say("Hello there.").told("Whisper."));
    assertThat(heard.counted()).containsExactly(new SpeechUsage(2, 5, 7));
    assertThat(request().json().path("stream_format").asText()).isEqualTo("sse");
    assertThat(request().json().path("response_format").asText()).isEqualTo("pcm");
    assertThat(request().json().path("instructions").asText()).isEqualTo("Whisper.");
    assertThat(heard.opened().voice()).isEqualTo("alloy");
  }

  @Test
  void anotherServerOfItsKindIsAskedForItsVoices() {
    assertThat(speaker().voices(model()).join()).isEmpty();
    assertThat(fake.requests("/v1/audio/voices")).hasSize(1);
  }

  @Test
  void anErrorInMidSpeechIsAFailureBehindTheSoundBeforeIt() {
    Heard heard = all(say("Hello there. [[error]]"));
    assertThat(heard.sound()).isNotEmpty();
    assertThat(heard.completed()).isFalse();
    assertThat(heard.error()).isInstanceOf(HubError.BackendFailed.class);
  }
}
