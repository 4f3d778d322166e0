package dev.parley.testkit.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.Marker;
import dev.parley.testkit.content.Conversation;
import dev.parley.testkit.content.Said;
import dev.parley.testkit.content.ToolCall;
import dev.parley.testkit.content.Wishes;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code POST /api/chat}. */
final class OllamaChat {
  private static final int LINES_BEFORE_FAILURE = 2;
  private static final String FAILURE = "an error was encountered while running the model";
  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

  private final JsonNode body;
  private final boolean cachedPrompt;
  private final Conversation heard;
  private final Said said;

  OllamaChat(JsonNode body, boolean cachedPrompt) {
    this.body = body;
    this.cachedPrompt = cachedPrompt;
    check(body.path("messages"));
    this.heard = Conversation.read(body.path("messages"), OllamaMessages.INSTANCE);
    Marker.number(heard.userText(), "status")
        .ifPresent(status -> {
          throw new OllamaError(status, "refused as the text asked");
        });
    this.said = Said.to(heard, wishes(body), begun(body.path("messages")));
  }

  Answer answer() {
    if (body.path("messages").isEmpty()) {
      return Answer.json(200, line("", true).put("done_reason", "load"));
    }
    return body.path("stream").asBoolean(true) ? streamed() : whole();
  }

  private Answer whole() {
    if (heard.asks("error")) {
      throw new OllamaError(500, FAILURE);
    }
    var reply = last(said.text());
    var message = (ObjectNode) reply.path("message");
    if (thinks()) {
      message.put("thinking", said.thought());
    }
    addCalls(message);
    return Answer.json(200, reply);
  }

  private Answer streamed() {
    var lines = new ArrayList<ObjectNode>();
    if (thinks()) {
      for (var word : Words.deltas(said.thought())) {
        var line = line("", false);
        ((ObjectNode) line.path("message")).put("thinking", word);
        lines.add(line);
      }
    }
    Words.deltas(said.text()).forEach(word -> lines.add(line(word, false)));
    if (!said.calls().isEmpty()) {
      var line = line("", false);
      addCalls((ObjectNode) line.path("message"));
      lines.add(line);
    }
    lines.add(last(""));
    if (heard.asks("error")) {
      lines.subList(Math.min(LINES_BEFORE_FAILURE, lines.size()), lines.size()).clear();
      lines.add(Json.object().put("error", FAILURE));
    }
    return Answer.streamed(
        "application/x-ndjson", lines.stream().map(line -> Json.write(line) + "\n").toList());
  }

  private boolean thinks() {
    return !said.thought().isEmpty()
        && !(body.path("think").isBoolean() && !body.path("think").asBoolean());
  }

  private void addCalls(ObjectNode message) {
    if (said.calls().isEmpty()) {
      return;
    }
    var list = message.putArray("tool_calls");
    for (var i = 0; i < said.calls().size(); i++) {
      ToolCall call = said.calls().get(i);
      var function = list.addObject().put("id", call.id()).putObject("function");
      function.put("index", i).put("name", call.name()).set("arguments", call.arguments());
    }
  }

  private ObjectNode last(String content) {
    var line =
        line(content, true)
            .put("done_reason", said.finish().equals("length") ? "length" : "stop")
            .put("total_duration", 312_000_000)
            .put("load_duration", 1_000_000);
    if (!cachedPrompt) {
      line.put("prompt_eval_count", heard.promptWords());
    }
    return line.put("prompt_eval_duration", 90_000_000)
        .put("eval_count", said.words())
        .put("eval_duration", 200_000_000);
  }

  private ObjectNode line(String content, boolean done) {
    var line =
        Json.object()
            .put("model", body.path("model").asText())
            .put("created_at", "2026-08-21T10:00:00.1Z");
    line.putObject("message").put("role", "assistant").put("content", content);
    return line.put("done", done);
  }

  private static Wishes wishes(JsonNode body) {
    var options = body.path("options");
    var limit = options.path("num_predict").asInt(0);
    List<String> stops = Wishes.strings(options.path("stop"));
    var format = body.path("format");
    return new Wishes(
        Wishes.names(body.path("tools")),
        false,
        true,
        limit <= 0 ? Integer.MAX_VALUE : limit,
        stops,
        format.isObject() || format.asText().equals("json"));
  }

  /** An answer at the end of the messages is taken up, not followed by another. */
  private static String begun(JsonNode messages) {
    var last = messages.path(messages.size() - 1);
    return last.path("role").asText().equals("assistant") ? last.path("content").asText() : "";
  }

  private static void check(JsonNode messages) {
    if (!messages.isMissingNode() && !messages.isArray()) {
      throw new OllamaError(400, "json: cannot unmarshal messages into a list");
    }
    for (var message : messages) {
      if (!message.path("content").isTextual() && !message.path("content").isMissingNode()) {
        throw new OllamaError(
            400,
            "json: cannot unmarshal a value into Go struct field .messages.content of type string");
      }
      if (!ROLES.contains(message.path("role").asText())) {
        throw new OllamaError(400, "invalid role: " + message.path("role").asText());
      }
      for (var call : message.path("tool_calls")) {
        if (!call.path("function").path("arguments").isObject()) {
          throw new OllamaError(400, "json: tool call arguments must be an object");
        }
      }
    }
  }
}
