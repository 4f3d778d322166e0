package dev.parley.hub.edge.openai;

import static dev.parley.hub.edge.openai.FieldRule.array;
import static dev.parley.hub.edge.openai.FieldRule.bool;
import static dev.parley.hub.edge.openai.FieldRule.integer;
import static dev.parley.hub.edge.openai.FieldRule.kinds;
import static dev.parley.hub.edge.openai.FieldRule.number;
import static dev.parley.hub.edge.openai.FieldRule.object;
import static dev.parley.hub.edge.openai.FieldRule.oneOf;
import static dev.parley.hub.edge.openai.FieldRule.string;

import dev.parley.core.json.JsonKind;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonObject;
import dev.parley.core.model.CallKind;
import java.util.HashMap;
import java.util.Map;

/** The members that the hub knows of each call, and what they may be. Others pass unread. */
final class RequestRules {

  private static final Map<String, FieldRule> GENERATION =
      Map.ofEntries(
          Map.entry("model", string()),
          Map.entry("stream", bool()),
          Map.entry("stream_options", object()),
          Map.entry("temperature", number()),
          Map.entry("top_p", number()),
          Map.entry("n", integer(1, 128)),
          Map.entry("max_tokens", integer(0, Long.MAX_VALUE)),
          Map.entry("stop", kinds(JsonKind.STRING, JsonKind.ARRAY)),
          Map.entry("seed", number()),
          Map.entry("presence_penalty", number()),
          Map.entry("frequency_penalty", number()),
          Map.entry("logit_bias", object()),
          Map.entry("user", string()));

  private static final Map<String, FieldRule> CHAT =
      with(
          GENERATION,
          Map.ofEntries(
              Map.entry("messages", array()),
              Map.entry("max_completion_tokens", integer(0, Long.MAX_VALUE)),
              Map.entry("logprobs", bool()),
              Map.entry("top_logprobs", integer(0, Integer.MAX_VALUE)),
              Map.entry("tools", array()),
              Map.entry("tool_choice", kinds(JsonKind.STRING, JsonKind.OBJECT)),
              Map.entry("parallel_tool_calls", bool()),
              Map.entry("response_format", object()),
              Map.entry("modalities", array()),
              Map.entry("audio", object()),
              Map.entry("metadata", object()),
              Map.entry("reasoning_effort", string())));

  private static final Map<String, FieldRule> COMPLETION =
      with(
          GENERATION,
          Map.of(
              "prompt", kinds(JsonKind.STRING, JsonKind.ARRAY),
              "suffix", string(),
              "echo", bool(),
              "logprobs", integer(0, Integer.MAX_VALUE)));

  private static final Map<String, FieldRule> EMBEDDING =
      Map.of(
          "model", string(),
          "input", kinds(JsonKind.STRING, JsonKind.ARRAY),
          "encoding_format", oneOf("float", "base64"),
          "dimensions", integer(1, Integer.MAX_VALUE),
          "user", string());

  private RequestRules() {}

  static void check(CallKind kind, JsonObject root) {
    Map<String, FieldRule> rules =
        switch (kind) {
          case CHAT -> CHAT;
          case COMPLETION -> COMPLETION;
          case EMBEDDING -> EMBEDDING;
        };
    for (JsonMember member : root) {
      FieldRule rule = rules.get(member.name());
      if (rule != null && !member.value().isNull()) {
        rule.check(member.name(), member.value());
      }
    }
  }

  private static Map<String, FieldRule> with(
      Map<String, FieldRule> base, Map<String, FieldRule> more) {
    Map<String, FieldRule> all = new HashMap<>(base);
    all.putAll(more);
    return Map.copyOf(all);
  }
}
