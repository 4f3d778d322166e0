package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.List;

/** The streamed chat reply, one frame for each event. */
final class ChatStream {
  static final String DONE = "data: [DONE]\n\n";
  private static final int CHUNKS_BEFORE_FAILURE = 2;

  private final Dialect dialect;
  private final ChatCall call;
  private final String id;
  private final boolean usageWanted;
  private final List<String> frames = new ArrayList<>();

  ChatStream(Dialect dialect, ChatCall call, String id) {
    this.dialect = dialect;
    this.call = call;
    this.id = id;
    this.usageWanted = call.usageAsked() || dialect.alwaysStreamsUsage();
  }

  Answer answer() {
    frames.addAll(dialect.opening());
    var perChoice = call.choices().stream().map(this::deltas).toList();
    var longest = perChoice.stream().mapToInt(List::size).max().orElse(0);
    for (var turn = 0; turn < longest; turn++) {
      if (turn == CHUNKS_BEFORE_FAILURE && call.heard().asks("error")) {
        frames.addAll(
            dialect.failedStream(
                new Refusal(Trouble.FAILED, "the engine stopped", null), envelope()));
        return Answer.events(frames);
      }
      for (var index : call.choices()) {
        if (turn < perChoice.get(index).size()) {
          emit(index, perChoice.get(index).get(turn));
        }
      }
    }
    call.choices().forEach(this::finish);
    if (usageWanted) {
      var last = envelope();
      last.putArray("choices");
      var usage = call.usage();
      dialect.usage(usage);
      last.set("usage", usage);
      frames.add(Answer.event(last));
    }
    frames.add(DONE);
    return Answer.events(frames);
  }

  private List<ObjectNode> deltas(int index) {
    var said = call.said();
    var deltas = new ArrayList<ObjectNode>();
    deltas.add(Json.object().put("role", "assistant").put("content", ""));
    var thought = dialect.thoughtMember();
    if (thought != null) {
      Words.deltas(said.thought()).forEach(w -> deltas.add(Json.object().put(thought, w)));
    }
    if (call.wants("audio")) {
      deltas.addAll(SpokenAudio.of(call, call.text(index)).deltas());
    } else {
      Words.deltas(call.text(index)).forEach(w -> deltas.add(Json.object().put("content", w)));
      deltas.addAll(ToolCalls.deltas(said.calls()));
    }
    return deltas;
  }

  private void emit(int index, ObjectNode delta) {
    var chunk = envelope();
    var choice = chunk.putArray("choices").addObject().put("index", index);
    choice.set("delta", delta);
    choice.putNull("logprobs").putNull("finish_reason");
    dialect.unfinished(choice);
    if (frames.size() == dialect.opening().size()) {
      call.echoUnknown(chunk);
    }
    add(chunk);
  }

  private void finish(int index) {
    var chunk = envelope();
    var choice = chunk.putArray("choices").addObject().put("index", index);
    choice.putObject("delta");
    choice.putNull("logprobs").put("finish_reason", call.said().finish());
    dialect.finished(choice, call.said().finish());
    add(chunk);
  }

  private void add(ObjectNode chunk) {
    if (usageWanted && dialect.nullUsageBefore()) {
      chunk.putNull("usage");
    }
    frames.add(Answer.event(chunk));
  }

  private ObjectNode envelope() {
    var chunk =
        Json.object()
            .put("id", id)
            .put("object", "chat.completion.chunk")
            .put("created", Dialect.CREATED)
            .put("model", call.model());
    dialect.envelope(chunk);
    return chunk;
  }
}
