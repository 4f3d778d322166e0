package dev.parley.testkit.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.EmbeddingInputs;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Vectors;
import dev.parley.testkit.content.Words;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Ollama's native API: base URI without a path; NDJSON streams by default, arguments as objects,
 * {@code {"error":"text"}}. The markers of the OpenAI fakes ({@code [[think]]}, {@code [[error]]},
 * {@code [[status N]]}) work here too.
 */
public final class FakeOllama extends FakeBackend {
  private static final int CONTEXT_LENGTH = 40_960;
  private static final int FORM_BYTES_MAX = 25 << 20;

  private volatile List<String> models;
  private volatile boolean cachedPrompt;
  private final Recogniser recogniser = new Recogniser();

  /**
   * Has these models, or {@code qwen3:8b} and {@code mxbai-embed-large} when none is named; an
   * {@code embed} in the name makes an embedder.
   */
  public FakeOllama(String... models) {
    super("");
    this.models = models.length > 0 ? List.of(models) : List.of("qwen3:8b", "mxbai-embed-large");
  }

  /** The models installed from now on. */
  public void models(String... ids) {
    models = List.of(ids);
  }

  /** What its models that hear understand. */
  public Recogniser recogniser() {
    return recogniser;
  }

  /** True leaves out {@code prompt_eval_count}, as after a cache hit. */
  public void cachedPrompt(boolean now) {
    cachedPrompt = now;
  }

  @Override
  protected boolean isWork(RecordedRequest request) {
    return request.method().equals("POST") && !request.path().equals("/api/show");
  }

  @Override
  protected Answer unauthorized() {
    return Answer.json(401, Json.object().put("error", "unauthorized"));
  }

  @Override
  protected Answer answer(RecordedRequest request) {
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /", "HEAD /" -> Answer.text(200, "Ollama is running");
        case "GET /api/version" -> Answer.json(200, Json.object().put("version", "0.33.0"));
        case "GET /api/tags" -> tags();
        case "GET /api/ps" -> loaded();
        case "POST /api/show" -> show(body(request));
        case "POST /api/chat" -> new OllamaChat(body(request), cachedPrompt).answer();
        case "POST /api/embed" -> embed(body(request));
        case "POST /v1/audio/transcriptions" -> transcribe(request);
        default -> Answer.text(404, "404 page not found");
      };
    } catch (OllamaError e) {
      return e.answer();
    }
  }

  private JsonNode body(RecordedRequest request) {
    JsonNode body;
    try {
      body = request.json();
    } catch (UncheckedIOException e) {
      throw new OllamaError(400, "invalid character in the request body");
    }
    var model = body.path("model").asText();
    if (model.isEmpty()) {
      throw new OllamaError(400, "model is required");
    }
    if (!models.contains(model) && !models.contains(model + ":latest")) {
      throw new OllamaError(404, "model '" + model + "' not found");
    }
    return body;
  }

  /** The one route here of its OpenAI layer, with errors of that layer's shape. */
  private Answer transcribe(RecordedRequest request) {
    var form = Form.of(request);
    var model = form.text("model").orElse("");
    if (request.bodySize() > FORM_BYTES_MAX) {
      return refused(400, "invalid_request_error", "http: request body too large");
    }
    if (form.file("file").isEmpty() || model.isEmpty()) {
      return refused(400, "invalid_request_error", "file and model are required");
    }
    if (!models.contains(model) && !models.contains(model + ":latest")) {
      return refused(404, "not_found_error", "model '" + model + "' not found");
    }
    if (model.contains("embed")) {
      return refused(400, "invalid_request_error", "\"" + model + "\" does not support audio");
    }
    try {
      var text = recogniser.hear(form.file("file").orElseThrow().bytes()).text();
      // A model that writes as it likes: its text may begin with a blank.
      return form.text("response_format").orElse("").equals("text")
          ? Answer.text(200, text)
          : Answer.json(200, Json.object().put("text", " " + text + "\n"));
    } catch (Recogniser.UnreadableSound e) {
      return refused(400, "invalid_request_error", "unsupported audio format");
    }
  }

  private static Answer refused(int status, String type, String message) {
    var body = Json.object();
    body.putObject("error")
        .put("message", message)
        .put("type", type)
        .putNull("param")
        .putNull("code");
    return Answer.json(status, body);
  }

  private Answer tags() {
    var root = Json.object();
    var list = root.putArray("models");
    for (var model : models) {
      var entry =
          Json.object()
              .put("name", model)
              .put("model", model)
              .put("modified_at", "2026-08-01T10:00:00Z")
              .put("size", 5_200_000_000L)
              .put("digest", "500a1f067a9f");
      entry.set("details", details());
      capabilities(entry, model);
      list.add(entry);
    }
    return Answer.json(200, root);
  }

  private Answer loaded() {
    var root = Json.object();
    var entry =
        root.putArray("models")
            .addObject()
            .put("name", models.getFirst())
            .put("model", models.getFirst())
            .put("size", 5_200_000_000L)
            .put("digest", "500a1f067a9f");
    entry.set("details", details());
    entry
        .put("expires_at", "2026-08-21T10:05:00Z")
        .put("size_vram", 5_200_000_000L)
        .put("context_length", 4096);
    return Answer.json(200, root);
  }

  private static Answer show(JsonNode body) {
    var root = Json.object().put("license", "").put("parameters", "").put("template", "");
    root.set("details", details());
    root.putObject("model_info").put("general.architecture", "qwen3");
    capabilities(root, body.path("model").asText());
    return Answer.json(200, root);
  }

  private static Answer embed(JsonNode body) {
    var input = body.path("input");
    var texts = input.isArray() && input.isEmpty() ? List.<String>of() : texts(input);
    var root = Json.object().put("model", body.path("model").asText());
    var rows = root.putArray("embeddings");
    for (var text : texts) {
      var row = rows.addArray();
      for (var value :
          Vectors.of(text, body.path("dimensions").asInt(Vectors.DEFAULT_DIMENSIONS))) {
        row.add(value);
      }
    }
    root.put("total_duration", 14_000_000).put("load_duration", 1_000_000);
    return Answer.json(
        200, root.put("prompt_eval_count", texts.stream().mapToInt(Words::count).sum()));
  }

  private static List<String> texts(JsonNode input) {
    var tokens = input.isArray() && input.get(0).isNumber();
    return EmbeddingInputs.read(input)
        .filter(texts -> !tokens)
        .orElseThrow(() -> new OllamaError(400, "invalid input type"));
  }

  private static ObjectNode details() {
    var details =
        Json.object().put("parent_model", "").put("format", "gguf").put("family", "qwen3");
    details.putArray("families").add("qwen3");
    return details
        .put("parameter_size", "8.2B")
        .put("quantization_level", "Q4_K_M")
        .put("context_length", CONTEXT_LENGTH)
        .put("embedding_length", Vectors.DEFAULT_DIMENSIONS);
  }

  private static void capabilities(ObjectNode entry, String model) {
    var list = entry.putArray("capabilities");
    var names =
        model.contains("embed")
            ? List.of("embedding")
            : List.of("completion", "tools", "thinking", "vision", "audio");
    names.forEach(list::add);
  }
}
