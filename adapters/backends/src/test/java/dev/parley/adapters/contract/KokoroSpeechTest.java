package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.speech.TargetVoice;
import dev.parley.core.speech.TargetVoice.Blended.Share;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeKokoro;
import java.util.List;
import org.junit.jupiter.api.Test;

class KokoroSpeechTest extends SynthesizerContract {

  @Override
  FakeBackend fake() {
    return new FakeKokoro();
  }

  @Override
  String type() {
    return "kokoro";
  }

  @Override
  String model() {
    return "kokoro";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String speechPath() {
    return "/v1/audio/speech";
  }

  @Override
  String presetVoice() {
    return "af_bella";
  }

  @Test
  void blendsItsOwnVoices() {
    TargetVoice voice =
        new TargetVoice.Blended(
            List.of(new Share("af_bella", 2 / 3.0), new Share("af_sky", 1 / 3.0)));
    assertThat(all(say("Hello.").by(voice)).text()).isEqualTo("Hello.");
    assertThat(request().json().path("voice").asText())
        .isEqualTo("af_bella(0.6667)+af_sky(0.3333)");
  }
}
