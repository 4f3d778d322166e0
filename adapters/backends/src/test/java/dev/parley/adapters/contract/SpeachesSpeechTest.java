package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeSpeaches;

class SpeachesSpeechTest extends SynthesizerContract {

  @Override
  FakeBackend fake() {
    return new FakeSpeaches();
  }

  @Override
  String type() {
    return "speaches";
  }

  @Override
  String model() {
    return "speaches-ai/Kokoro-82M-v1.0-ONNX";
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

  @Override
  int wrongKeyStatus() {
    return 403;
  }
}
