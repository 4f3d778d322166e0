package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeOpenRouter;

class OpenRouterChatTest extends ChatModelContract {

  @Override
  FakeBackend fake() {
    return new FakeOpenRouter();
  }

  @Override
  String type() {
    return "openrouter";
  }

  @Override
  String model() {
    return "openai/gpt-4o";
  }

  @Override
  String healthPath() {
    return "/api/v1/key";
  }

  @Override
  String chatPath() {
    return "/api/v1/chat/completions";
  }

  @Override
  boolean continues() {
    return false;
  }
}
