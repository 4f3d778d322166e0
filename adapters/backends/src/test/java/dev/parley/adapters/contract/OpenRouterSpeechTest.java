package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.Credentials;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeOpenRouter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenRouterSpeechTest extends SynthesizerContract {

  private static final String OTHER = "canopy/tts-clone";

  @Override
  FakeBackend fake() {
    return new FakeOpenRouter(model(), OTHER);
  }

  @Override
  String type() {
    return "openrouter";
  }

  @Override
  String model() {
    return "openai/gpt-4o-mini-tts";
  }

  @Override
  String healthPath() {
    return "/api/v1/key";
  }

  @Override
  String speechPath() {
    return "/api/v1/audio/speech";
  }

  @Override
  String presetVoice() {
    return "alloy";
  }

  @Override
  Backend backendAt(URI address, Credentials credentials, Map<String, String> headers) {
    return Calls.open(
        type(), address, credentials, headers, List.of(), Map.of(model(), 24_000, OTHER, 22_050));
  }

  @Test
  void asksForMp3WhereNobodySaidTheRate() {
    ((FakeOpenRouter) fake)
        .speech()
        .encoder("mp3", wav -> new byte[] {(byte) 0xFF, (byte) 0xFB, 1, 2});
    try (Backend unstated = Calls.open(type(), fake.baseUri())) {
      Heard heard = Heard.all(send(unstated, say("Hello.").call()));
      assertThat(heard.failure()).isNull();
      assertThat(heard.encoding()).isEqualTo(AudioEncoding.MP3);
      assertThat(request().json().path("response_format").asText()).isEqualTo("mp3");
    }
  }

  @Test
  void instructionsGoToTheProviderBesideWhatTheCallerSentThere() {
    Heard heard =
        all(
            say("Hello.")
                .told("Whisper.")
                .extra("{\"provider\":{\"order\":[\"x\"],\"options\":{\"openai\":{\"a\":1}}}}"));
    assertThat(heard.text()).isEqualTo("Hello.");
    assertThat(request().json().at("/provider/options/openai/instructions").asText())
        .isEqualTo("Whisper.");
    assertThat(request().json().at("/provider/options/openai/a").asInt()).isEqualTo(1);
    assertThat(request().json().at("/provider/order/0").asText()).isEqualTo("x");
    assertThat(request().json().has("instructions")).isFalse();
  }

  @Test
  void recordingsGoWithTheCallToModelsOfOthers() {
    ((FakeOpenRouter) fake).speech().sampleRateHz(22_050);
    assertThat(speaker().abilities(OTHER).cloning()).isInstanceOf(Cloning.WithTheCall.class);
    TargetVoice voice = new TargetVoice.Recorded(List.of(SpeechCalls.recording("what is said")));
    Heard heard =
        Heard.all(
            speaker()
                .speak(
                    SpeechCalls.say("Hello.").by(voice).call(), new Target("under-test", OTHER)));
    assertThat(heard.text()).isEqualTo("Hello.");
    assertThat(heard.opened().format().sampleRateHz()).isEqualTo(22_050);
    assertThat(request().json().at("/input_references/0/input_audio/data").asText())
        .startsWith("UklGR");
    assertThat(request().json().at("/input_references/1/text").asText()).isEqualTo("what is said");
  }

  @Test
  void tellsTheVoicesOfItsModelList() {
    assertThat(speaker().voices(model()).join().orElseThrow())
        .extracting(voice -> voice.name())
        .containsExactly("alloy", "nova", "tara");
    assertThat(speaker().voices("nobody/knows").join()).isEmpty();
  }
}
