package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeVllm;

class VllmChatTest extends ChatModelContract {

  @Override
  FakeBackend fake() {
    return new FakeVllm();
  }

  @Override
  String type() {
    return "vllm";
  }

  @Override
  String model() {
    return "Qwen/Qwen3-8B";
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
