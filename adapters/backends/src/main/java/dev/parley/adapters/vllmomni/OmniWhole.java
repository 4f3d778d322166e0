package dev.parley.adapters.vllmomni;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Older servers answer in text and audio with two choices of the same index, one for each; newer
 * ones with one choice that has both. This makes the second of the first.
 */
final class OmniWhole {

  private OmniWhole() {}

  /** The answer itself when no two choices share an index. */
  static JsonValue merged(JsonValue body) {
    JsonValue choices = body.get("choices");
    if (choices == null || !choices.isArray()) {
      return body;
    }
    Map<String, JsonValue> byIndex = new LinkedHashMap<>();
    int count = 0;
    for (JsonValue choice : choices.elements()) {
      JsonValue index = choice.get("index");
      if (!choice.isObject()) {
        return body;
      }
      count++;
      byIndex.merge(index == null ? "0" : index.raw(), choice, OmniWhole::both);
    }
    if (byIndex.size() == count) {
      return body;
    }
    JsonWriter out = new JsonWriter(choices.length()).beginArray();
    byIndex.values().forEach(choice -> out.raw(withTranscript(choice)));
    return JsonEdit.of(body).set("choices", out.endArray().toValue()).apply();
  }

  private static JsonValue both(JsonValue first, JsonValue second) {
    JsonValue filled = filled(first, second);
    JsonValue message = first.get("message");
    JsonValue other = second.get("message");
    return message == null || other == null || !message.isObject() || !other.isObject()
        ? filled
        : JsonEdit.of(filled).set("message", filled(message, other)).apply();
  }

  /** The first object, with what only the second one says. */
  private static JsonValue filled(JsonValue first, JsonValue second) {
    JsonObject known = first.object();
    JsonEdit edit = JsonEdit.of(known);
    for (JsonMember member : second.object()) {
      if (isAbsent(known.get(member.name())) && !member.value().isNull()) {
        edit.set(member.name(), member.value());
      }
    }
    return edit.apply();
  }

  /** Servers of that age leave the transcript empty, although the text beside it is just that. */
  private static JsonValue withTranscript(JsonValue choice) {
    JsonValue message = choice.get("message");
    JsonValue audio = message == null ? null : message.get("audio");
    JsonValue content = message == null ? null : message.get("content");
    if (message == null || audio == null || !audio.isObject()) {
      return choice;
    }
    JsonValue transcript = audio.get("transcript");
    boolean empty = transcript == null || transcript.isNull() || transcript.isEmptyString();
    JsonValue text = content != null && content.isString() ? content : Json.ofString("");
    return empty
        ? JsonEdit.of(choice)
            .set(
                "message",
                JsonEdit.of(message)
                    .set("audio", JsonEdit.of(audio).set("transcript", text).apply())
                    .apply())
            .apply()
        : choice;
  }

  private static boolean isAbsent(@Nullable JsonValue value) {
    return value == null || value.isNull();
  }
}
