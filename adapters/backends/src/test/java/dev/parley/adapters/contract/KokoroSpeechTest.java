package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeKokoro;

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
}
