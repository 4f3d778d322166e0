package dev.parley.adapters.dialect;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Chunk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a stream of a whole answer: one delta with everything, then the usage. */
final class SingleDelta {

  private SingleDelta() {}

  static List<Chunk> of(JsonValue whole) {
    JsonObject root = whole.object();
    JsonEdit edit = JsonEdit.of(root).remove("usage");
    JsonValue object = root.get("object");
    if (object != null && object.textEquals("chat.completion")) {
      edit.set("object", Json.ofString("chat.completion.chunk"));
    }
    JsonValue choices = root.get("choices");
    if (choices != null && choices.isArray()) {
      edit.set("choices", deltas(choices));
    }
    List<Chunk> chunks = new ArrayList<>(2);
    chunks.add(ChunkKinds.classify(edit.apply().object()));
    JsonValue usage = root.get("usage");
    if (usage != null && usage.isObject()) {
      JsonValue last =
          JsonEdit.of(edit.apply().object())
              .set("choices", Json.EMPTY_ARRAY)
              .set("usage", usage)
              .apply();
      chunks.add(ChunkKinds.classify(last.object()));
    }
    return chunks;
  }

  private static JsonValue deltas(JsonValue choices) {
    JsonWriter out = new JsonWriter(choices.length() + 32).beginArray();
    for (JsonValue choice : choices.elements()) {
      out.raw(delta(choice));
    }
    return out.endArray().toValue();
  }

  private static JsonValue delta(JsonValue choice) {
    JsonValue message = choice.get("message");
    if (message == null || !message.isObject()) {
      return choice;
    }
    JsonEdit edit = JsonEdit.of(choice.object()).remove("message");
    return edit.set("delta", withToolIndexes(message)).apply();
  }

  private static JsonValue withToolIndexes(JsonValue message) {
    JsonValue calls = message.get("tool_calls");
    if (calls == null || !calls.isArray()) {
      return message;
    }
    JsonWriter out = new JsonWriter(calls.length() + 32).beginArray();
    int index = 0;
    for (JsonValue call : calls.elements()) {
      out.raw(call.isObject() ? indexed(call, index++) : call);
    }
    return JsonEdit.of(message.object()).set("tool_calls", out.endArray().toValue()).apply();
  }

  private static JsonValue indexed(JsonValue call, int index) {
    @Nullable JsonValue present = call.get("index");
    return present != null
        ? call
        : JsonEdit.of(call.object()).set("index", Json.ofNumber(index)).apply();
  }
}
