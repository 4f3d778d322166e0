package dev.parley.hub.discovery;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.hub.config.ServerFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the kind of a server from its answers to a few harmless questions. */
final class Fingerprint {

  private static final String OLLAMA_VERSION = "/api/version";
  private static final String TEI_INFO = "/info";
  private static final String LLAMA_PROPERTIES = "/props";
  private static final String CHATTERBOX_INFO = "/api/model-info";
  private static final String MODELS = "/v1/models";
  private static final String HEALTH = "/health";
  private static final String PAGE = "/";

  /** The title of the page that whisper.cpp's server shows; nothing else there tells it. */
  private static final String WHISPER_CPP_PAGE = "Whisper.cpp Server";

  /** What has to be asked. */
  static final List<String> PATHS =
      List.of(OLLAMA_VERSION, TEI_INFO, LLAMA_PROPERTIES, MODELS, HEALTH, CHATTERBOX_INFO, PAGE);

  private Fingerprint() {}

  /**
   * The type of the server that gave these answers.
   *
   * @param answers bodies of answers with status 200, by path
   */
  static Optional<String> of(Map<String, byte[]> answers) {
    if (isString(member(json(answers, OLLAMA_VERSION), "version"))) {
      return Optional.of("ollama");
    }
    if (isString(member(json(answers, TEI_INFO), "model_id"))) {
      return Optional.of("tei");
    }
    if (member(json(answers, LLAMA_PROPERTIES), "default_generation_settings") != null) {
      return Optional.of("llama-server");
    }
    if (member(json(answers, CHATTERBOX_INFO), "loaded") != null) {
      return Optional.of("chatterbox");
    }
    JsonValue health = json(answers, HEALTH);
    if (member(health, "model_loaded") != null && member(health, "backend_type") != null) {
      return Optional.of("voicebox");
    }
    if (member(health, "model_loaded") != null && isString(member(health, "model"))) {
      return Optional.of("faster-whisper");
    }
    byte[] page = answers.getOrDefault(PAGE, new byte[0]);
    return new String(page, StandardCharsets.UTF_8).contains(WHISPER_CPP_PAGE)
        ? Optional.of("whisper-cpp")
        : byFirstModel(answers);
  }

  private static Optional<String> byFirstModel(Map<String, byte[]> answers) {
    JsonValue data = member(json(answers, MODELS), "data");
    if (data == null || !data.isArray() || !data.elements().iterator().hasNext()) {
      return isProvider(json(answers, HEALTH))
          ? Optional.of("voicebox-provider")
          : Optional.empty();
    }
    JsonValue first = data.elements().iterator().next();
    // Another hub, or this one, lists where its models come from; to add it would be a circle.
    if (!isString(member(first, "id")) || member(first, "backends") != null) {
      return Optional.empty();
    }
    // Speaches says of each model what it is for, OpenAI's own shape does not.
    if (isString(member(first, "task"))) {
      return Optional.of("speaches");
    }
    JsonValue owner = member(first, "owned_by");
    return switch (isString(owner) && owner != null ? owner.asString() : "") {
      case "vllm" -> Optional.of(json(answers, HEALTH) == null ? "vllm" : "vllm-omni");
      case "kokoro" -> Optional.of("kokoro");
      case "llamacpp" -> Optional.of("llama-server");
      default -> Optional.of("openai");
    };
  }

  /** It has no list of models; how it is tells the one that it has. */
  private static boolean isProvider(@Nullable JsonValue health) {
    return isString(member(health, "model"))
        && isString(member(health, "status"))
        && member(health, "model_loaded") == null;
  }

  /**
   * The ids of the models that a server lists, in its order; empty when it has no such list.
   *
   * @param answers as for {@link #of}
   */
  static List<String> models(Map<String, byte[]> answers) {
    JsonValue data = member(json(answers, MODELS), "data");
    List<String> ids = new ArrayList<>();
    if (data != null && data.isArray()) {
      for (JsonValue model : data.elements()) {
        JsonValue id = member(model, "id");
        if (id != null && id.isString() && ids.size() < ServerFacts.MODELS_MAX) {
          ids.add(id.asString());
        }
      }
    }
    return List.copyOf(ids);
  }

  private static boolean isString(@Nullable JsonValue value) {
    return value != null && value.isString();
  }

  private static @Nullable JsonValue member(@Nullable JsonValue value, String name) {
    return value != null && value.isObject() ? value.get(name) : null;
  }

  private static @Nullable JsonValue json(Map<String, byte[]> answers, String path) {
    byte[] body = answers.get(path);
    if (body == null || body.length == 0) {
      return null;
    }
    try {
      return Json.parse(body);
    } catch (JsonSyntaxException e) {
      return null;
    }
  }
}
