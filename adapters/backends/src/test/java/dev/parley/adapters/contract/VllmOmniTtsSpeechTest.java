package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeVllmOmni;

class VllmOmniTtsSpeechTest extends SynthesizerContract {

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
    return "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice";
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
    return "vivian";
  }
}
