package dev.parley.adapters.ollama;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import org.jspecify.annotations.Nullable;

/** A chat document as Ollama's native API wants it. */
final class ChatRequest {

  private ChatRequest() {}

  /**
   * The body for {@code /api/chat}.
   *
   * @throws HubException if Ollama cannot do what is asked
   */
  static JsonValue of(DocumentCall call, Target target) {
    JsonObject root = call.document().object();
    refuse(call, root, target);
    JsonEdit edit = JsonEdit.of(root);
    edit.set("model", Json.ofString(target.model()));
    edit.set("stream", Json.ofBoolean(call.head().stream()));
    edit.remove("stream_options").remove("n").remove("logit_bias").remove("modalities");
    Options.move(root, edit);
    setFormat(root, edit);
    setThink(root, edit);
    setTools(root, edit);
    JsonValue messages = root.get("messages");
    if (messages != null && messages.isArray()) {
      edit.set("messages", new Messages(target.model()).translate(messages));
    }
    return edit.apply();
  }

  private static void refuse(DocumentCall call, JsonObject root, Target target) {
    JsonValue n = root.get("n");
    if (n != null && n.isNumber() && n.asDouble() != 1) {
      throw missing(target, "n: Ollama gives one answer to a call", "leave n out, or call again");
    }
    JsonValue bias = root.get("logit_bias");
    if (bias != null && bias.isObject() && bias.object().size() > 0) {
      throw missing(target, "logit_bias: Ollama has no such setting", "leave logit_bias out");
    }
    JsonValue choice = root.get("tool_choice");
    boolean free =
        choice == null || choice.isNull() || choice.textEquals("auto") || choice.textEquals("none");
    if (!free) {
      throw missing(
          target,
          "tool_choice: Ollama lets the model decide whether it calls a tool",
          "use \"auto\" or \"none\"");
    }
    if (call.head().outputs().contains(Modality.AUDIO)) {
      throw missing(target, "modalities: Ollama writes text only", "ask for [\"text\"]");
    }
  }

  private static void setFormat(JsonObject root, JsonEdit edit) {
    JsonValue wish = root.get("response_format");
    edit.remove("response_format");
    if (wish == null || root.has("format")) {
      return;
    }
    JsonValue type = wish.get("type");
    JsonValue named = wish.get("json_schema");
    JsonValue schema = named == null ? null : named.get("schema");
    if (type != null && type.textEquals("json_schema") && schema != null && schema.isObject()) {
      edit.set("format", schema);
    } else if (type != null && !type.textEquals("text")) {
      edit.set("format", Json.ofString("json"));
    }
  }

  private static void setThink(JsonObject root, JsonEdit edit) {
    JsonValue effort = root.get("reasoning_effort");
    edit.remove("reasoning_effort");
    if (effort == null || effort.isNull() || root.has("think")) {
      return;
    }
    String word = effort.isString() ? effort.asString() : "";
    edit.set(
        "think",
        switch (word) {
          case "none" -> Json.FALSE;
          case "minimal", "low" -> Json.ofString("low");
          case "medium" -> Json.ofString("medium");
          case "high" -> Json.ofString("high");
          case "xhigh", "max" -> Json.ofString("max");
          default ->
              throw new HubException(
                  new HubError.InvalidRequest(
                      "reasoning_effort",
                      "another value",
                      "none, minimal, low, medium, high, xhigh or max"));
        });
  }

  private static void setTools(JsonObject root, JsonEdit edit) {
    @Nullable JsonValue choice = root.get("tool_choice");
    edit.remove("tool_choice");
    if (choice != null && choice.textEquals("none")) {
      edit.remove("tools");
    }
  }

  private static HubException missing(Target target, String what, String remedy) {
    return new HubException(new HubError.CapabilityMissing(target.model(), what, remedy));
  }
}
