package dev.parley.adapters.dialect;

import dev.parley.adapters.http.BackendClient;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.spi.ModelInfo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code /v1/models} with the extra members that servers add. */
final class ModelList {

  private static final int MODELS_MAX = 10_000;

  /** Such as tts-1, gpt-4o-mini-tts or Qwen/Qwen3-TTS-12Hz-1.7B-Base. */
  private static final Pattern SPEAKING_NAME = Pattern.compile("(?i)(?<![a-z0-9])tts(?![a-z])");

  private ModelList() {}

  static List<ModelInfo> read(String backend, BackendClient.Answer answer) {
    if (!answer.ok()) {
      throw failed(backend, OptionalInt.of(answer.status()), "its model list cannot be read");
    }
    try {
      JsonValue data = Json.parse(answer.body()).get("data");
      if (data == null || !data.isArray()) {
        throw failed(backend, OptionalInt.empty(), "its model list has no data");
      }
      return models(data);
    } catch (JsonSyntaxException e) {
      throw failed(backend, OptionalInt.empty(), "its model list is not JSON");
    }
  }

  private static List<ModelInfo> models(JsonValue data) {
    List<ModelInfo> models = new ArrayList<>();
    for (JsonValue entry : data.elements()) {
      JsonValue id = entry.get("id");
      if (id != null && id.isString() && !id.isEmptyString() && models.size() < MODELS_MAX) {
        models.add(model(id.asString(), entry));
      }
    }
    return models;
  }

  private static ModelInfo model(String id, JsonValue entry) {
    JsonValue architecture = entry.get("architecture");
    return new ModelInfo(
        id,
        string(entry.get("owned_by")),
        seconds(entry.get("created")),
        capabilities(id, entry),
        modalities(architecture, "input_modalities"),
        modalities(architecture, "output_modalities"),
        contextLength(entry),
        List.of());
  }

  /**
   * Few servers say what a model is for: in a task, or among the modalities that it makes. Models
   * that speak nearly always say so in their names.
   */
  private static Set<Capability> capabilities(String id, JsonValue entry) {
    Optional<Capability> task = Capability.byName(string(entry.get("task")));
    if (task.isPresent()) {
      return Set.of(task.get());
    }
    JsonValue architecture = entry.get("architecture");
    JsonValue made = architecture == null ? null : architecture.get("output_modalities");
    boolean speaks = SPEAKING_NAME.matcher(id).find();
    if (made != null && made.isArray()) {
      for (JsonValue modality : made.elements()) {
        speaks |= modality.isString() && modality.textEquals("speech");
      }
    }
    return speaks ? Set.of(Capability.TTS) : Set.of();
  }

  /** vLLM, OpenRouter and llama.cpp each have a word of their own for it. */
  private static OptionalInt contextLength(JsonValue entry) {
    JsonValue meta = entry.get("meta");
    for (JsonValue value :
        new @Nullable JsonValue[] {
          entry.get("max_model_len"),
          entry.get("context_length"),
          meta == null ? null : meta.get("n_ctx_train")
        }) {
      if (value != null && value.isNumber() && value.asDouble() > 0) {
        return OptionalInt.of((int) Math.min(Integer.MAX_VALUE, value.asDouble()));
      }
    }
    return OptionalInt.empty();
  }

  private static Set<Modality> modalities(@Nullable JsonValue architecture, String name) {
    Set<Modality> found = EnumSet.noneOf(Modality.class);
    JsonValue list = architecture == null ? null : architecture.get(name);
    if (list != null && list.isArray()) {
      for (JsonValue value : list.elements()) {
        for (Modality modality : Modality.values()) {
          if (value.isString() && value.textEquals(modality.name().toLowerCase(Locale.ROOT))) {
            found.add(modality);
          }
        }
      }
    }
    return found;
  }

  private static String string(@Nullable JsonValue value) {
    return value != null && value.isString() ? value.asString() : "";
  }

  private static long seconds(@Nullable JsonValue value) {
    return value != null && value.isNumber() ? Math.max(0, (long) value.asDouble()) : 0;
  }

  private static HubException failed(String backend, OptionalInt status, String detail) {
    return new HubException(
        new HubError.BackendFailed(
            new Target(backend, "-"), status, detail, HubError.Reached.BACKEND));
  }
}
