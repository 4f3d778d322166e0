package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.Marker;
import dev.parley.testkit.content.EmbeddingInputs;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The old completion route: every prompt is answered n times with {@code You said: <prompt>}. */
final class Completions {
  private static final int DEFAULT_MAX_TOKENS = 16;
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "prompt",
          "max_tokens",
          "n",
          "stream",
          "stream_options",
          "echo",
          "suffix",
          "stop",
          "temperature",
          "top_p",
          "seed",
          "best_of",
          "logprobs",
          "logit_bias",
          "user",
          "frequency_penalty",
          "presence_penalty");

  private record Choice(String text, String finish) {}

  private final Dialect dialect;
  private final ObjectNode body;
  private final String id;
  private final List<Choice> choices = new ArrayList<>();
  private int promptWords;

  Completions(Dialect dialect, ObjectNode body, long number) {
    this.dialect = dialect;
    this.body = body;
    this.id = "cmpl-" + number;
  }

  Answer answer() {
    var prompts =
        EmbeddingInputs.read(body.path("prompt"))
            .orElseThrow(() -> Refusal.invalid("Missing required parameter: 'prompt'.", "prompt"));
    ChatCall.range(body, "n", 1, 128);
    for (var prompt : prompts) {
      promptWords += Words.count(prompt);
      for (var i = 0; i < body.path("n").asInt(1); i++) {
        choices.add(reply(prompt));
      }
    }
    return body.path("stream").asBoolean(false) ? streamed() : whole();
  }

  private Choice reply(String prompt) {
    var limit = body.path("max_tokens").asInt(DEFAULT_MAX_TOKENS);
    var full = "You said: " + Marker.strip(prompt);
    var text = Words.first(full, limit);
    var echoed = body.path("echo").asBoolean(false) ? prompt + text : text;
    return new Choice(echoed, text.length() < full.length() ? "length" : "stop");
  }

  private Answer whole() {
    var root = envelope();
    var list = root.putArray("choices");
    for (var i = 0; i < choices.size(); i++) {
      list.add(choice(i, choices.get(i).text()).put("finish_reason", choices.get(i).finish()));
    }
    root.set("usage", usage());
    ChatCall.echoUnknown(body, KNOWN, root);
    return Answer.json(200, root);
  }

  private Answer streamed() {
    var frames = new ArrayList<>(dialect.opening());
    for (var i = 0; i < choices.size(); i++) {
      for (var word : Words.deltas(choices.get(i).text())) {
        frames.add(chunk(choice(i, word).putNull("finish_reason")));
      }
      frames.add(chunk(choice(i, "").put("finish_reason", choices.get(i).finish())));
    }
    var asked = body.path("stream_options").path("include_usage").asBoolean(false);
    if (asked || dialect.alwaysStreamsUsage()) {
      var last = envelope();
      last.putArray("choices");
      last.set("usage", usage());
      frames.add(Answer.event(last));
    }
    frames.add(ChatStream.DONE);
    return Answer.events(frames);
  }

  private String chunk(ObjectNode choice) {
    var chunk = envelope();
    chunk.putArray("choices").add(choice);
    return Answer.event(chunk);
  }

  private static ObjectNode choice(int index, String text) {
    return Json.object().put("text", text).put("index", index).putNull("logprobs");
  }

  private ObjectNode usage() {
    var said = choices.stream().mapToInt(c -> Words.count(c.text())).sum();
    var usage = ChatCall.usage(promptWords, said);
    dialect.usage(usage);
    return usage;
  }

  private ObjectNode envelope() {
    var root =
        Json.object()
            .put("id", id)
            .put("object", "text_completion")
            .put("created", Dialect.CREATED)
            .put("model", body.path("model").asText());
    dialect.envelope(root);
    return root;
  }
}
