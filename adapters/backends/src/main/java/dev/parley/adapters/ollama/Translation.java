package dev.parley.adapters.ollama;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes OpenAI's answer of Ollama's, object by object; remembers what one answer has said. */
final class Translation {

  /** Members that have a place of their own in OpenAI's form; all others are kept as they are. */
  private static final Set<String> PLACED =
      Set.of(
          "model",
          "created_at",
          "message",
          "done",
          "done_reason",
          "logprobs",
          "prompt_eval_count",
          "eval_count",
          "id",
          "object",
          "created",
          "choices",
          "usage");

  private final DocumentCall call;
  private final Target target;
  private @Nullable JsonValue model;
  private long created = -1;
  private int toolCalls;
  private boolean roleSaid;

  Translation(DocumentCall call, Target target) {
    this.call = call;
    this.target = target;
  }

  /** Reads what is the same in all objects of the answer off the first. */
  private void begin(JsonValue reply) {
    if (created < 0) {
      created = seconds(reply.get("created_at"));
      JsonValue name = reply.get("model");
      model = name != null && name.isString() ? name : Json.ofString(target.model());
    }
  }

  /** A chunk of a stream; the last one has the finish reason. */
  JsonValue chunk(JsonValue reply) {
    begin(reply);
    JsonWriter out = envelope("chat.completion.chunk").name("choices").beginArray().beginObject();
    out.member("index", 0).member("delta", message(reply.get("message"), !roleSaid));
    roleSaid = true;
    finish(reply, out);
    return unknown(reply, out.endObject().endArray()).endObject().toValue();
  }

  /** The chunk with the token counts. */
  JsonValue usageChunk(JsonValue last) {
    JsonWriter out = envelope("chat.completion.chunk").member("choices", Json.EMPTY_ARRAY);
    return out.member("usage", usage(last)).endObject().toValue();
  }

  /** A whole answer. */
  JsonValue whole(JsonValue reply) {
    begin(reply);
    JsonWriter out = envelope("chat.completion").name("choices").beginArray().beginObject();
    out.member("index", 0).member("message", wholeMessage(reply));
    finish(reply, out);
    out.endObject().endArray().member("usage", usage(reply));
    return unknown(reply, out).endObject().toValue();
  }

  /** The counts as the hub meters them: what Ollama did not say is unknown, not nothing. */
  static @Nullable TokenUsage counts(JsonValue reply) {
    return TokenUsage.read(counted(reply, false));
  }

  /** OpenAI's object has all three counts; one that Ollama left out (a cached prompt) is 0. */
  private static JsonValue usage(JsonValue reply) {
    return counted(reply, true);
  }

  private static JsonValue counted(JsonValue reply, boolean complete) {
    JsonValue prompt = count(reply, "prompt_eval_count");
    JsonValue completion = count(reply, "eval_count");
    JsonWriter out = new JsonWriter(96).beginObject();
    if (complete || prompt != null) {
      out.member("prompt_tokens", prompt == null ? Json.ofNumber(0) : prompt);
    }
    if (complete || completion != null) {
      out.member("completion_tokens", completion == null ? Json.ofNumber(0) : completion);
    }
    if (complete || (prompt != null && completion != null)) {
      out.member("total_tokens", value(prompt) + value(completion));
    }
    return out.endObject().toValue();
  }

  private static @Nullable JsonValue count(JsonValue reply, String name) {
    JsonValue value = reply.get(name);
    return value != null && value.isNumber() && value.asDouble() >= 0 ? value : null;
  }

  private static long value(@Nullable JsonValue count) {
    return count == null ? 0 : (long) count.asDouble();
  }

  private JsonWriter envelope(String object) {
    return new JsonWriter(512)
        .beginObject()
        .member("id", "chatcmpl-" + call.requestId())
        .member("object", object)
        .member("created", Math.max(0, created))
        .member("model", model == null ? Json.ofString(target.model()) : model);
  }

  /** OpenAI's message always says whether the model refused; Ollama knows no such thing. */
  private JsonValue wholeMessage(JsonValue reply) {
    JsonValue message = message(reply.get("message"), true);
    JsonEdit edit = JsonEdit.of(message);
    if (message.get("content") == null) {
      edit.set("content", Json.NULL);
    }
    if (message.get("refusal") == null) {
      edit.set("refusal", Json.NULL);
    }
    return edit.apply();
  }

  private JsonValue message(@Nullable JsonValue given, boolean withRole) {
    JsonObject message =
        given != null && given.isObject() ? given.object() : Json.EMPTY_OBJECT.object();
    JsonEdit edit = JsonEdit.of(message);
    if (!withRole) {
      edit.remove("role");
    } else if (!message.has("role")) {
      edit.set("role", Json.ofString("assistant"));
    }
    edit.rename("thinking", "reasoning_content");
    JsonValue calls = message.get("tool_calls");
    if (calls != null && calls.isArray()) {
      edit.set("tool_calls", toolCalls(calls));
    }
    return edit.apply();
  }

  private JsonValue toolCalls(JsonValue calls) {
    JsonWriter out = new JsonWriter(calls.length() + 64).beginArray();
    for (JsonValue given : calls.elements()) {
      JsonValue function = given.get("function");
      if (function == null || !function.isObject()) {
        continue;
      }
      int index = toolCalls++;
      JsonEdit edit = JsonEdit.of(given).set("index", Json.ofNumber(index));
      JsonValue id = given.get("id");
      if (id == null || !id.isString() || id.isEmptyString()) {
        edit.set("id", Json.ofString("call_" + call.requestId() + "_" + index));
      }
      edit.set("type", Json.ofString("function"));
      edit.set("function", function(function));
      out.raw(edit.apply());
    }
    return out.endArray().toValue();
  }

  private static JsonValue function(JsonValue function) {
    JsonValue arguments = function.get("arguments");
    String text = arguments == null || arguments.isNull() ? "{}" : arguments.raw();
    return JsonEdit.of(function)
        .remove("index")
        .set(
            "arguments",
            arguments != null && arguments.isString() ? arguments : Json.ofString(text))
        .apply();
  }

  private void finish(JsonValue reply, JsonWriter out) {
    JsonValue logprobs = reply.get("logprobs");
    if (logprobs != null && logprobs.isArray()) {
      out.name("logprobs").beginObject().member("content", logprobs);
      out.name("refusal").nullValue().endObject();
    } else {
      out.name("logprobs").nullValue();
    }
    if (isDone(reply)) {
      out.member("finish_reason", reason(reply.get("done_reason")));
    } else {
      out.name("finish_reason").nullValue();
    }
  }

  static boolean isDone(JsonValue reply) {
    JsonValue done = reply.get("done");
    return done != null && done.isBoolean() && done.asBoolean();
  }

  /** Loading and unloading a model end as a finished answer without content does. */
  private String reason(@Nullable JsonValue reason) {
    if (toolCalls > 0) {
      return "tool_calls";
    }
    return reason != null && reason.textEquals("length") ? "length" : "stop";
  }

  private static JsonWriter unknown(JsonValue reply, JsonWriter out) {
    for (JsonMember member : reply.object()) {
      if (!PLACED.contains(member.name())) {
        out.member(member.name(), member.value());
      }
    }
    return out;
  }

  private static long seconds(@Nullable JsonValue time) {
    try {
      return time != null && time.isString()
          ? OffsetDateTime.parse(time.asString()).toEpochSecond()
          : 0;
    } catch (DateTimeException _) {
      return 0;
    }
  }
}
