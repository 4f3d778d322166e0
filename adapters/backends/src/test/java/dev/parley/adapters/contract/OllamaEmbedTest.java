package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.ollama.FakeOllama;

class OllamaEmbedTest extends EmbedderContract {

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
    return "mxbai-embed-large";
  }

  @Override
  String healthPath() {
    return "/api/version";
  }

  @Override
  String embedPath() {
    return "/api/embed";
  }

  @Override
  boolean readsTokens() {
    return false;
  }
}
