package dev.parley.adapters.dialect;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Modality;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a server is made to take up an answer that broke off, instead of beginning another. */
public enum Continuation {
  /** Not at all: it reads an answer at the end of a conversation as one that is over. */
  NONE,
  /** vLLM: the last message is an answer, and the document says that it is not over. */
  ASKED_FOR {
    @Override
    boolean isContinued(JsonObject root) {
      JsonValue asked = root.get("continue_final_message");
      return asked != null && asked.isBoolean() && asked.asBoolean();
    }

    @Override
    void ask(JsonObject root, JsonEdit edit) {
      edit.set("continue_final_message", Json.TRUE).set("add_generation_prompt", Json.FALSE);
    }
  },
  /** Ollama: an answer at the end of a conversation is continued, whoever began it. */
  TRAILING,
  /** llama.cpp: as {@link #TRAILING}, but refused while thoughts may come before the text. */
  TRAILING_WITHOUT_THOUGHT {
    @Override
    void ask(JsonObject root, JsonEdit edit) {
      JsonValue given = root.get("chat_template_kwargs");
      JsonValue base = given != null && given.isObject() ? given : Json.EMPTY_OBJECT;
      edit.set(
          "chat_template_kwargs", JsonEdit.of(base).set("enable_thinking", Json.FALSE).apply());
    }
  };

  /** Members that bind the text to a grammar, which every server begins anew with its own text. */
  private static final List<String> GRAMMARS =
      List.of(
          "structured_outputs",
          "guided_json",
          "guided_regex",
          "guided_choice",
          "guided_grammar",
          "grammar",
          "json_schema",
          "format");

  /**
   * The document that has this server continue {@code prefix}; empty when it cannot, or when the
   * call may bring more than one plain text.
   */
  public Optional<JsonValue> of(DocumentCall call, String prefix) {
    if (this == NONE || call.kind() != CallKind.CHAT) {
      return Optional.empty();
    }
    JsonObject root = call.document().object();
    if (call.head().outputs().contains(Modality.AUDIO) || !isOnePlainText(root)) {
      return Optional.empty();
    }
    JsonValue messages = messages(root, prefix);
    if (messages == null) {
      return Optional.empty();
    }
    JsonEdit edit = JsonEdit.of(root).set("messages", messages);
    ask(root, edit);
    return Optional.of(edit.apply());
  }

  /** Whether an answer at the end of this document is one that the server goes on with. */
  boolean isContinued(JsonObject root) {
    return true;
  }

  /** Sets what the document must say besides. */
  void ask(JsonObject root, JsonEdit edit) {}

  private static boolean isOnePlainText(JsonObject root) {
    JsonValue n = root.get("n");
    if (n != null && !n.isNull() && !(n.isNumber() && n.asDouble() == 1)) {
      return false;
    }
    JsonValue modalities = root.get("modalities");
    if (modalities != null && modalities.isArray() && modalities.raw().contains("audio")) {
      return false;
    }
    JsonValue echo = root.get("echo");
    if (echo != null && !(echo.isBoolean() && !echo.asBoolean())) {
      return false;
    }
    JsonValue format = root.get("response_format");
    JsonValue type = format == null ? null : format.get("type");
    return (type == null || type.textEquals("text"))
        && GRAMMARS.stream().noneMatch(name -> isThere(root.get(name)))
        && !mayCall(root.get("tools"), root.get("tool_choice"))
        && !mayCall(root.get("functions"), root.get("function_call"));
  }

  private static boolean mayCall(@Nullable JsonValue offered, @Nullable JsonValue choice) {
    boolean any =
        offered != null
            && !offered.isNull()
            && !(offered.isArray() && !offered.elements().iterator().hasNext());
    return any && !(choice != null && choice.isString() && choice.textEquals("none"));
  }

  private static boolean isThere(@Nullable JsonValue value) {
    return value != null && !value.isNull();
  }

  /** The conversation with the answer so far at its end; null when there is no place for it. */
  private @Nullable JsonValue messages(JsonObject root, String prefix) {
    JsonValue messages = root.get("messages");
    if (messages == null || !messages.isArray()) {
      return null;
    }
    JsonWriter out = new JsonWriter(messages.length() + prefix.length() + 64).beginArray();
    JsonValue last = null;
    for (JsonValue message : messages.elements()) {
      if (last != null) {
        out.raw(last);
      }
      last = message;
    }
    if (last == null || !last.isObject()) {
      return null;
    }
    JsonValue role = last.get("role");
    if (role == null || !role.textEquals("assistant")) {
      out.raw(last).beginObject().member("role", "assistant").member("content", prefix);
      return out.endObject().endArray().toValue();
    }
    JsonValue begun = last.get("content");
    if (!isContinued(root)
        || begun == null
        || !begun.isString()
        || last.object().has("tool_calls")) {
      return null;
    }
    JsonValue content = Json.ofString(begun.asString() + prefix);
    return out.raw(JsonEdit.of(last).set("content", content).apply()).endArray().toValue();
  }
}
