package dev.parley.adapters.ollama;

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
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code /api/tags}: the installed models and what they can do. */
final class TagList {

  private static final int MODELS_MAX = 10_000;

  private TagList() {}

  static List<ModelInfo> read(String backend, BackendClient.Answer answer) {
    if (!answer.ok()) {
      throw failed(backend, OptionalInt.of(answer.status()), "its model list cannot be read");
    }
    try {
      JsonValue list = Json.parse(answer.body()).get("models");
      if (list == null || !list.isArray()) {
        throw failed(backend, OptionalInt.empty(), "its model list has no models");
      }
      List<ModelInfo> models = new ArrayList<>();
      for (JsonValue entry : list.elements()) {
        JsonValue name = entry.get("name");
        if (name != null
            && name.isString()
            && !name.isEmptyString()
            && models.size() < MODELS_MAX) {
          models.add(model(name.asString(), entry));
        }
      }
      return models;
    } catch (JsonSyntaxException _) {
      throw failed(backend, OptionalInt.empty(), "its model list is not JSON");
    }
  }

  private static ModelInfo model(String name, JsonValue entry) {
    JsonValue told = entry.get("capabilities");
    Set<Capability> can = EnumSet.noneOf(Capability.class);
    Set<Modality> inputs = EnumSet.noneOf(Modality.class);
    if (told != null && told.isArray()) {
      inputs.add(Modality.TEXT);
      told.elements().forEach(word -> read(word, can, inputs));
      if (can.contains(Capability.CHAT) && inputs.contains(Modality.AUDIO)) {
        can.add(Capability.STT);
      }
    }
    Set<Modality> outputs =
        can.contains(Capability.CHAT) ? Set.of(Modality.TEXT) : Set.<Modality>of();
    return new ModelInfo(
        name,
        "",
        seconds(entry.get("modified_at")),
        can,
        inputs,
        outputs,
        contextLength(entry.get("details")),
        List.of());
  }

  private static void read(JsonValue word, Set<Capability> can, Set<Modality> inputs) {
    switch (word.isString() ? word.asString() : "") {
      case "completion" -> can.add(Capability.CHAT);
      case "embedding" -> can.add(Capability.EMBEDDING);
      case "vision" -> inputs.add(Modality.IMAGE);
      case "audio" -> inputs.add(Modality.AUDIO);
      default -> {
        // Tools, thinking and what comes later: no ability that the hub routes by.
      }
    }
  }

  private static OptionalInt contextLength(@Nullable JsonValue details) {
    JsonValue length = details == null ? null : details.get("context_length");
    return length != null && length.isNumber() && length.asDouble() > 0
        ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, length.asDouble()))
        : OptionalInt.empty();
  }

  private static long seconds(@Nullable JsonValue time) {
    try {
      return time != null && time.isString()
          ? Math.max(0, OffsetDateTime.parse(time.asString()).toEpochSecond())
          : 0;
    } catch (DateTimeException _) {
      return 0;
    }
  }

  private static HubException failed(String backend, OptionalInt status, String detail) {
    return new HubException(
        new HubError.BackendFailed(
            new Target(backend, "-"), status, detail, HubError.Reached.BACKEND));
  }
}
