package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeOpenAi;

class OpenAiChatTest extends ChatModelContract {

  @Override
  FakeBackend fake() {
    return new FakeOpenAi();
  }

  @Override
  String type() {
    return "openai";
  }

  @Override
  String model() {
    return "gpt-4o-mini";
  }

  @Override
  String healthPath() {
    return "/v1/models";
  }

  @Override
  String chatPath() {
    return "/v1/chat/completions";
  }

  @Override
  boolean continues() {
    return false;
  }
}
