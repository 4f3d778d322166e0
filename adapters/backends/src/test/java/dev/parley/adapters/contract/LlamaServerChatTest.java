package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeLlamaServer;

class LlamaServerChatTest extends ChatModelContract {

  @Override
  FakeBackend fake() {
    return new FakeLlamaServer();
  }

  @Override
  String type() {
    return "llama-server";
  }

  @Override
  String model() {
    return "mxbai-embed-large";
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
