package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeOpenAi;

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
}
