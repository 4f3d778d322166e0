package dev.parley.adapters.tei;

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
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /info} tells.
 *
 * @param models the one model, or none when it makes no embeddings
 * @param batchMax inputs that one request may have
 */
record ServerInfo(List<ModelInfo> models, int batchMax) {

  /** What a server takes unless it is told otherwise. */
  static final int BATCH_DEFAULT = 32;

  static ServerInfo read(String backend, BackendClient.Answer answer) {
    if (!answer.ok()) {
      throw failed(backend, OptionalInt.of(answer.status()), "its /info cannot be read");
    }
    JsonValue info;
    try {
      info = Json.parse(answer.body());
    } catch (JsonSyntaxException _) {
      throw failed(backend, OptionalInt.empty(), "its /info is not JSON");
    }
    OptionalInt batch = positive(info.get("max_client_batch_size"));
    return new ServerInfo(models(backend, info), batch.orElse(BATCH_DEFAULT));
  }

  private static List<ModelInfo> models(String backend, JsonValue info) {
    JsonValue served = info.get("served_model_name");
    String name = text(served).isEmpty() ? text(info.get("model_id")) : text(served);
    if (name.isEmpty()) {
      throw failed(backend, OptionalInt.empty(), "its /info names no model");
    }
    JsonValue type = info.get("model_type");
    if (type != null && type.isObject() && type.get("embedding") == null) {
      return List.of();
    }
    return List.of(
        new ModelInfo(
            name,
            "",
            0,
            Set.of(Capability.EMBEDDING),
            Set.of(Modality.TEXT),
            Set.of(),
            positive(info.get("max_input_length")),
            List.of()));
  }

  private static String text(@Nullable JsonValue value) {
    return value != null && value.isString() ? value.asString() : "";
  }

  private static OptionalInt positive(@Nullable JsonValue value) {
    return value != null && value.isNumber() && value.asDouble() >= 1
        ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, value.asDouble()))
        : OptionalInt.empty();
  }

  private static HubException failed(String backend, OptionalInt status, String detail) {
    return new HubException(
        new HubError.BackendFailed(
            new Target(backend, "-"), status, detail, HubError.Reached.BACKEND));
  }
}
