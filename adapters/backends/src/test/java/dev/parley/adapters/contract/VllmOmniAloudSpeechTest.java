package dev.parley.adapters.contract;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeVllmOmni;

class VllmOmniAloudSpeechTest extends SynthesizerContract {

  @Override
  FakeBackend fake() {
    return new FakeVllmOmni(model());
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
  String speechPath() {
    return "/v1/chat/completions";
  }

  @Override
  String presetVoice() {
    return "ethan";
  }

  @Override
  Behaviour unknownVoice() {
    return Behaviour.status(
        400, "{\"error\":{\"message\":\"Unsupported speaker 'x'\",\"code\":400}}");
  }
}
