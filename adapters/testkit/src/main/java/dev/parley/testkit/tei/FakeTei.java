package dev.parley.testkit.tei;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.Marker;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.EmbeddingInputs;
import dev.parley.testkit.content.Vectors;
import dev.parley.testkit.content.Words;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * Text Embeddings Inference: base URI without a path; at most 32 inputs in a request, errors that
 * are not nested, an empty 401, no model list.
 */
public final class FakeTei extends FakeBackend {
  /** Inputs that one request may have. */
  public static final int MAX_BATCH = 32;

  private static final Set<String> PUBLIC = Set.of("/health", "/", "/ping");
  private static final int MAX_BODY_BYTES = 2_000_000;

  private final String model;
  private volatile boolean healthy = true;
  private volatile boolean overloaded;

  /** Serves this model. */
  public FakeTei(String model) {
    super("");
    this.model = model;
  }

  /** Serves {@code BAAI/bge-m3}. */
  public FakeTei() {
    this("BAAI/bge-m3");
  }

  /** What {@code /health} says. */
  public void healthy(boolean now) {
    healthy = now;
  }

  /** True refuses work with 429. */
  public void overloaded(boolean now) {
    overloaded = now;
  }

  @Override
  protected boolean guarded(RecordedRequest request) {
    return !PUBLIC.contains(request.path());
  }

  @Override
  protected Answer unauthorized() {
    return Answer.empty(401);
  }

  @Override
  protected Answer answer(RecordedRequest request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /health", "GET /", "GET /ping" ->
          healthy ? Answer.empty(200) : error(503, "unhealthy", "Unhealthy");
      case "GET /info" -> info();
      case "POST /v1/embeddings", "POST /embeddings" -> embeddings(request);
      default -> Answer.empty(404);
    };
  }

  private Answer embeddings(RecordedRequest request) {
    if (overloaded) {
      return error(429, "Model is overloaded", "Overloaded");
    }
    if (request.bodySize() > MAX_BODY_BYTES) {
      return Answer.text(413, "length limit exceeded");
    }
    JsonNode body;
    try {
      body = request.json();
    } catch (UncheckedIOException e) {
      return Answer.text(400, "Failed to parse the request body as JSON");
    }
    if (body.path("input").isArray() && body.path("input").isEmpty()) {
      return error(400, "`inputs` cannot be empty", "Empty");
    }
    var texts = EmbeddingInputs.read(body.path("input"));
    if (texts.isEmpty()) {
      return Answer.text(422, "Failed to deserialize the JSON body into the target type");
    }
    var status = Marker.number(texts.get().getFirst(), "status");
    if (status.isPresent()) {
      return error(status.getAsInt(), "refused as the text asked", "Backend");
    }
    if (texts.get().contains("")) {
      return error(400, "`inputs` cannot be empty", "Empty");
    }
    var size = texts.get().size();
    return size > MAX_BATCH
        ? error(
            422, "batch size " + size + " > maximum allowed batch size " + MAX_BATCH, "Validation")
        : Answer.json(200, list(body, texts.get()));
  }

  private ObjectNode list(JsonNode body, List<String> texts) {
    var root = Json.object().put("object", "list");
    var data = root.putArray("data");
    var base64 = body.path("encoding_format").asText().equals("base64");
    for (var i = 0; i < texts.size(); i++) {
      var row = data.addObject().put("object", "embedding").put("index", i);
      var vector =
          Vectors.of(texts.get(i), body.path("dimensions").asInt(Vectors.DEFAULT_DIMENSIONS));
      if (base64) {
        row.put("embedding", Vectors.base64(vector));
      } else {
        var floats = row.putArray("embedding");
        for (var value : vector) {
          floats.add(value);
        }
      }
    }
    var words = texts.stream().mapToInt(Words::count).sum();
    root.put("model", model);
    root.putObject("usage").put("prompt_tokens", words).put("total_tokens", words);
    return root;
  }

  private Answer info() {
    var info =
        Json.object()
            .put("model_id", model)
            .putNull("model_sha")
            .put("model_dtype", "float16")
            .put("served_model_name", model);
    info.putObject("model_type").putObject("embedding").put("pooling", "cls");
    info.put("max_concurrent_requests", 512)
        .put("max_input_length", 8192)
        .put("max_batch_tokens", 16_384)
        .putNull("max_batch_requests")
        .put("max_client_batch_size", MAX_BATCH)
        .put("auto_truncate", true)
        .put("tokenization_workers", 8)
        .put("version", "1.9.3")
        .putNull("sha")
        .putNull("docker_label");
    return Answer.json(200, info);
  }

  private static Answer error(int status, String message, String type) {
    return Answer.json(
        status, Json.object().put("message", message).put("code", status).put("type", type));
  }
}
