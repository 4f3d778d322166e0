package dev.parley.testkit.openai;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import java.util.List;

/**
 * Plain vLLM: base URI {@code …/v1}; {@code /health} with an empty body, {@code /version}. Only
 * {@code /v1} asks for the key.
 */
public final class FakeVllm extends OpenAiFamily {
  private volatile boolean healthy = true;

  /** Serves these models, or {@code Qwen/Qwen3-8B} when none is named. */
  public FakeVllm(String... models) {
    super("/v1", new VllmDialect(), models.length > 0 ? List.of(models) : List.of("Qwen/Qwen3-8B"));
  }

  /** What {@code /health} says. */
  public void healthy(boolean now) {
    healthy = now;
  }

  @Override
  protected boolean guarded(RecordedRequest request) {
    return request.path().startsWith("/v1");
  }

  @Override
  boolean modelOptional() {
    return true;
  }

  @Override
  Answer other(RecordedRequest request) {
    return switch (request.path()) {
      case "/health" -> Answer.empty(healthy ? 200 : 503);
      case "/version" -> Answer.json(200, Json.object().put("version", "0.16.0"));
      default -> throw noRoute(request);
    };
  }
}
