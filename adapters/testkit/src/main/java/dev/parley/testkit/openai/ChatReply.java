package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;

/** The whole (not streamed) chat reply. */
final class ChatReply {
  private final Dialect dialect;
  private final ChatCall call;
  private final String id;

  ChatReply(Dialect dialect, ChatCall call, String id) {
    this.dialect = dialect;
    this.call = call;
    this.id = id;
  }

  Answer answer() {
    var root = envelope();
    if (call.heard().asks("error")) {
      return dialect.failed(new Refusal(Trouble.FAILED, "the engine stopped", null), root);
    }
    var choices = root.putArray("choices");
    for (var index : call.choices()) {
      var choice = choices.addObject().put("index", index);
      choice.set("message", message(index));
      choice.putNull("logprobs").put("finish_reason", call.said().finish());
      dialect.finished(choice, call.said().finish());
    }
    var usage = call.usage();
    dialect.usage(usage);
    root.set("usage", usage);
    dialect.envelope(root);
    call.echoUnknown(root);
    return Answer.json(200, root);
  }

  private ObjectNode envelope() {
    return Json.object()
        .put("id", id)
        .put("object", "chat.completion")
        .put("created", Dialect.CREATED)
        .put("model", call.model());
  }

  private ObjectNode message(int index) {
    var said = call.said();
    var message = Json.object().put("role", "assistant");
    if (call.wants("audio")) {
      message.putNull("content");
      message.set("audio", SpokenAudio.of(call, call.text(index)).whole());
    } else if (said.calls().isEmpty()) {
      message.put("content", call.text(index));
    } else {
      message.putNull("content");
      ToolCalls.whole(message, said.calls());
    }
    message.putNull("refusal");
    var thought = dialect.thoughtMember();
    if (thought != null) {
      message.put(thought, said.thought().isEmpty() ? null : said.thought());
    }
    dialect.message(message);
    return message;
  }
}
