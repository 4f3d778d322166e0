package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeVllmOmni;

class VllmOmniChatTest extends ChatModelContract {

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
  String chatPath() {
    return "/v1/chat/completions";
  }
}
