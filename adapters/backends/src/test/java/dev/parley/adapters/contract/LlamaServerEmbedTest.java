package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeLlamaServer;

class LlamaServerEmbedTest extends EmbedderContract {

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
  String embedPath() {
    return "/v1/embeddings";
  }

  @Override
  boolean shortens() {
    return false;
  }
}
