package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Conversation;
import dev.parley.testkit.content.OpenAiMessages;
import dev.parley.testkit.content.Said;
import dev.parley.testkit.content.Wishes;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A chat request, checked, with the reply it will get. */
record ChatCall(
    ObjectNode body,
    String model,
    int n,
    boolean stream,
    boolean usageAsked,
    Conversation heard,
    Said said) {

  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "n",
          "temperature",
          "top_p",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "seed",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "response_format",
          "modalities",
          "audio",
          "logprobs",
          "top_logprobs",
          "logit_bias",
          "frequency_penalty",
          "presence_penalty",
          "user",
          "store",
          "metadata",
          "reasoning_effort",
          "verbosity",
          "service_tier",
          "safety_identifier",
          "prompt_cache_key",
          "functions",
          "function_call",
          "prediction",
          "web_search_options",
          "continue_final_message",
          "add_generation_prompt");

  /** Checks a request; {@code begun} is how its reply begins already. */
  static ChatCall read(ObjectNode body, String begun) {
    var messages = body.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw Refusal.invalid("Missing required parameter: 'messages'.", "messages");
    }
    range(body, "temperature", 0, 2);
    range(body, "top_p", 0, 1);
    range(body, "n", 1, 128);
    bool(body.path("stream"), "stream");
    var stream = body.path("stream").asBoolean(false);
    if (body.path("stream_options").isObject() && !stream) {
      throw Refusal.invalid(
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          "stream_options");
    }
    var heard = Conversation.read(messages, OpenAiMessages.INSTANCE);
    var said = Said.to(heard, Wishes.ofOpenAi(body), begun);
    return new ChatCall(
        body,
        body.path("model").asText(),
        body.path("n").asInt(1),
        stream,
        body.path("stream_options").path("include_usage").asBoolean(false),
        heard,
        readsAloud(messages) ? new Said(heard.plainText(), "", List.of(), "stop") : said);
  }

  /** Whether the reply is the user's own text, read aloud. */
  boolean readsAloud() {
    return readsAloud(body.path("messages"));
  }

  private static boolean readsAloud(JsonNode messages) {
    var first = messages.path(0);
    return first.path("role").asText().equals("system")
        && first.path("content").asText().contains("reads aloud");
  }

  /** The text of one of n choices: all but the first say which they are. */
  String text(int choice) {
    return choice == 0 || said.text().isEmpty()
        ? said.text()
        : said.text() + " (" + (choice + 1) + " of " + n + ")";
  }

  boolean wants(String modality) {
    for (var item : body.path("modalities")) {
      if (item.asText().equals(modality)) {
        return true;
      }
    }
    return false;
  }

  ObjectNode usage() {
    var completion = 0;
    for (var i = 0; i < n; i++) {
      completion += new Said(text(i), said.thought(), said.calls(), said.finish()).words();
    }
    return usage(heard.promptWords(), completion);
  }

  static ObjectNode usage(int prompt, int completion) {
    return Json.object()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion);
  }

  /**
   * Adds the members of the request that are no part of OpenAI's schema, so that pass-through can
   * be checked.
   */
  void echoUnknown(ObjectNode root) {
    echoUnknown(body, KNOWN, root);
  }

  static void echoUnknown(ObjectNode body, Set<String> known, ObjectNode root) {
    var unknown = Json.object();
    body.properties().stream()
        .filter(e -> !known.contains(e.getKey()))
        .forEach(e -> unknown.set(e.getKey(), e.getValue()));
    if (!unknown.isEmpty()) {
      root.set("echo_unknown", unknown);
    }
  }

  static void range(ObjectNode body, String name, int low, int high) {
    var value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    if (!value.isNumber()) {
      throw Refusal.invalid("Invalid type for '" + name + "': expected a number.", name);
    }
    if (value.doubleValue() < low || value.doubleValue() > high) {
      throw Refusal.invalid(
          "Invalid value for '" + name + "': expected " + low + " to " + high + ".", name);
    }
  }

  private static void bool(JsonNode value, String name) {
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw Refusal.invalid("Invalid type for '" + name + "': expected a boolean.", name);
    }
  }

  List<Integer> choices() {
    return IntStream.range(0, n).boxed().toList();
  }
}
