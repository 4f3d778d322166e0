package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.ollama.FakeOllama;

class OllamaChatTest extends ChatModelContract {

  @Override
  FakeBackend fake() {
    return new FakeOllama();
  }

  @Override
  String type() {
    return "ollama";
  }

  @Override
  String model() {
    return "qwen3:8b";
  }

  @Override
  String healthPath() {
    return "/api/version";
  }

  @Override
  String chatPath() {
    return "/api/chat";
  }
}
