package dev.parley.adapters.contract;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.tei.FakeTei;

class TeiEmbedTest extends EmbedderContract {

  @Override
  FakeBackend fake() {
    return new FakeTei();
  }

  @Override
  String type() {
    return "tei";
  }

  @Override
  String model() {
    return "BAAI/bge-m3";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String embedPath() {
    return "/v1/embeddings";
  }
}
