package dev.parley.adapters.ollama;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of one document into Ollama's: content is one text, media stand beside it,
 * arguments of tool calls are objects.
 */
final class Messages {

  private final String model;

  /** Names of the functions called so far, by the id of the call that a tool message answers. */
  private final Map<String, JsonValue> functions = new HashMap<>();

  Messages(String model) {
    this.model = model;
  }

  JsonValue translate(JsonValue messages) {
    JsonWriter out = new JsonWriter(messages.length() + 32).beginArray();
    int index = 0;
    for (JsonValue message : messages.elements()) {
      String path = "messages[" + index++ + "]";
      if (!message.isObject()) {
        throw invalid(path, "JSON " + message.kind(), "an object");
      }
      out.raw(message(message.object(), path));
    }
    return out.endArray().toValue();
  }

  private JsonValue message(JsonObject message, String path) {
    JsonEdit edit = JsonEdit.of(message);
    JsonValue role = message.get("role");
    if (role != null && role.textEquals("developer")) {
      edit.set("role", Json.ofString("system"));
    }
    new Content(model, path).translate(message, edit);
    thinking(message, edit);
    JsonValue calls = message.get("tool_calls");
    if (calls != null && calls.isArray()) {
      edit.set("tool_calls", calls(calls, path));
    } else {
      edit.remove("tool_calls");
    }
    if (role != null && (role.textEquals("tool") || role.textEquals("function"))) {
      edit.set("role", Json.ofString("tool"));
      nameTool(message, edit);
    }
    return edit.apply();
  }

  private static void thinking(JsonObject message, JsonEdit edit) {
    for (String name : new String[] {"reasoning_content", "reasoning"}) {
      JsonValue value = message.get(name);
      if (value != null && value.isString() && !message.has("thinking")) {
        edit.rename(name, "thinking");
        return;
      }
    }
  }

  private void nameTool(JsonObject message, JsonEdit edit) {
    if (message.has("tool_name")) {
      return;
    }
    JsonValue name = message.get("name");
    JsonValue id = message.get("tool_call_id");
    if (name == null && id != null && id.isString()) {
      name = functions.get(id.asString());
    }
    if (name != null && name.isString()) {
      edit.set("tool_name", name);
    }
  }

  private JsonValue calls(JsonValue calls, String path) {
    JsonWriter out = new JsonWriter(calls.length()).beginArray();
    int index = 0;
    for (JsonValue call : calls.elements()) {
      String where = path + ".tool_calls[" + index++ + "].function";
      JsonValue function = call.get("function");
      if (function == null || !function.isObject()) {
        throw invalid(where, "nothing", "an object");
      }
      JsonValue id = call.get("id");
      JsonValue name = function.get("name");
      if (id != null && id.isString() && name != null) {
        functions.put(id.asString(), name);
      }
      JsonValue arguments = arguments(function.get("arguments"), where + ".arguments");
      out.raw(
          JsonEdit.of(call)
              .set("function", JsonEdit.of(function).set("arguments", arguments).apply())
              .apply());
    }
    return out.endArray().toValue();
  }

  /** The object that the text spells, with the text's own spelling of numbers. */
  private static JsonValue arguments(@Nullable JsonValue given, String path) {
    if (given == null || given.isNull() || given.isEmptyString()) {
      return Json.EMPTY_OBJECT;
    }
    if (given.isObject()) {
      return given;
    }
    if (given.isString()) {
      byte[] text = given.asString().getBytes(StandardCharsets.UTF_8);
      try {
        JsonValue parsed = Json.parse(text, 0, text.length, JsonLimits.DEFAULT);
        if (parsed.isObject()) {
          return parsed;
        }
      } catch (JsonSyntaxException e) {
        throw invalid(path, e.problem(), "the text of a JSON object");
      }
    }
    throw invalid(path, "another value", "the text of a JSON object");
  }

  static HubException invalid(String field, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(field, got, expected));
  }
}
