package dev.parley.adapters.ollama;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves what Ollama reads from {@code options} there. What the caller wrote into {@code options}
 * itself wins over the same thing at the top level.
 */
final class Options {

  /** Top-level members, of OpenAI's dialect or not, that are options under the same name. */
  private static final Set<String> NAMES =
      Set.of(
          "temperature",
          "top_p",
          "seed",
          "presence_penalty",
          "frequency_penalty",
          "top_k",
          "min_p",
          "typical_p",
          "tfs_z",
          "repeat_penalty",
          "repeat_last_n",
          "penalize_newline",
          "mirostat",
          "mirostat_tau",
          "mirostat_eta",
          "num_ctx",
          "num_keep",
          "num_predict",
          "num_batch",
          "num_gpu",
          "main_gpu",
          "num_thread",
          "use_mmap",
          "use_mlock",
          "numa",
          "low_vram",
          "vocab_only");

  private static final JsonObject NONE = Json.EMPTY_OBJECT.object();

  private Options() {}

  static void move(JsonObject root, JsonEdit edit) {
    JsonValue given = root.get("options");
    if (given != null && !given.isNull() && !given.isObject()) {
      throw new HubException(
          new HubError.InvalidRequest("options", "JSON " + given.kind(), "an object"));
    }
    JsonEdit options = JsonEdit.of(given != null && given.isObject() ? given : Json.EMPTY_OBJECT);
    JsonObject own = given != null && given.isObject() ? given.object() : NONE;
    for (JsonMember member : root) {
      if (NAMES.contains(member.name())) {
        edit.remove(member.name());
        put(own, options, member.name(), member.value());
      }
    }
    put(own, options, "stop", stops(root.get("stop")));
    edit.remove("stop");
    // Of OpenAI's two names for the limit the newer one counts.
    put(own, options, "num_predict", root.get("max_tokens"));
    put(own, options, "num_predict", root.get("max_completion_tokens"));
    edit.remove("max_tokens").remove("max_completion_tokens");
    JsonValue all = options.apply();
    if (all.object().size() > 0) {
      edit.set("options", all);
    } else {
      edit.remove("options");
    }
  }

  private static void put(
      JsonObject own, JsonEdit options, String name, @Nullable JsonValue value) {
    if (value != null && !value.isNull() && !own.has(name)) {
      options.set(name, value);
    }
  }

  private static @Nullable JsonValue stops(@Nullable JsonValue stop) {
    return stop != null && stop.isString()
        ? new JsonWriter(stop.length() + 2).beginArray().raw(stop).endArray().toValue()
        : stop;
  }
}
