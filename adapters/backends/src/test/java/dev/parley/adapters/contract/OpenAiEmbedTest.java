package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeOpenAi;

class OpenAiEmbedTest extends EmbedderContract {

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
    return "text-embedding-3-small";
  }

  @Override
  String healthPath() {
    return "/v1/models";
  }

  @Override
  String embedPath() {
    return "/v1/embeddings";
  }
}
