package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import java.util.List;
import java.util.Set;

/**
 * OpenRouter: base URI {@code …/api/v1}; comment lines, failures inside 200, {@code GET /key}; no
 * health route.
 */
public final class FakeOpenRouter extends OpenAiFamily {
  static final List<String> VOICES = List.of("alloy", "nova", "tara");

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

  /** The providers' rate is stated nowhere; the whole sound comes at once. */
  @Override
  Answer speak(RecordedRequest request, ObjectNode body) {
    var input = SpeechRoute.text(body);
    var format = body.path("response_format").asText("pcm");
    if (!Set.of("mp3", "pcm").contains(format)) {
      throw Refusal.invalid("response_format must be mp3 or pcm", "response_format");
    }
    var references = body.path("input_references");
    for (var reference : references) {
      var audio = reference.path("input_audio").path("data");
      if (reference.path("type").asText().equals("input_audio") && !audio.isTextual()) {
        throw Refusal.invalid(
            "input_references[].input_audio.data is required", "input_references");
      }
    }
    var voice = body.path("voice").asText();
    if (!voice.isEmpty() && !VOICES.contains(voice)) {
      throw Refusal.invalid("Voice '" + voice + "' is not supported by the provider", "voice");
    }
    return speech().whole(input, format, speech().sampleRateHz());
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
