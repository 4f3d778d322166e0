package dev.parley.adapters.contract;

import dev.parley.core.speech.TargetVoice;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeVllmOmni;
import java.util.List;

class VllmOmniBaseSpeechTest extends SynthesizerContract {

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
    return "Qwen/Qwen3-TTS-12Hz-1.7B-Base";
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
    return "";
  }

  @Override
  SpeechCalls say(String text) {
    return SpeechCalls.say(text)
        .by(new TargetVoice.Recorded(List.of(SpeechCalls.recording("what is said"))));
  }
}
