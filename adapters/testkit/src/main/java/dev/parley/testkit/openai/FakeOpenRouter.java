package dev.parley.testkit.openai;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import java.util.List;

/**
 * OpenRouter: base URI {@code …/api/v1}; comment lines, failures inside 200, {@code GET /key}; no
 * health route.
 */
public final class FakeOpenRouter extends OpenAiFamily {

  /**
   * Serves these models, or {@code openai/gpt-4o} and {@code qwen/qwen3-8b:free} when none is
   * named.
   */
  public FakeOpenRouter(String... models) {
    super(
        "/api/v1",
        new OpenRouterDialect(),
        models.length > 0 ? List.of(models) : List.of("openai/gpt-4o", "qwen/qwen3-8b:free"));
  }

  @Override
  Answer extra(RecordedRequest request, String path) {
    return switch (request.method() + " " + path) {
      case "GET /key" -> key();
      case "GET /embeddings/models" -> Answer.json(200, dialect().models(models()));
      default -> throw noRoute(request);
    };
  }

  private static Answer key() {
    var body = Json.object();
    body.putObject("data")
        .put("label", "fake")
        .putNull("limit")
        .putNull("limit_remaining")
        .put("usage", 0)
        .put("is_free_tier", false);
    return Answer.json(200, body);
  }
}
