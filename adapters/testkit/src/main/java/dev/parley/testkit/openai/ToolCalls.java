package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** Tool calls on OpenAI's wire. */
final class ToolCalls {
  private ToolCalls() {}

  /** Sets {@code tool_calls} with whole arguments. */
  static void whole(ObjectNode message, List<ToolCall> calls) {
    var list = message.putArray("tool_calls");
    for (var call : calls) {
      list.addObject()
          .put("id", call.id())
          .put("type", "function")
          .putObject("function")
          .put("name", call.name())
          .put("arguments", Json.write(call.arguments()));
    }
  }

  /**
   * The deltas of a stream: a head for each call, then their argument pieces in turn, so that
   * parallel calls interleave.
   */
  static List<ObjectNode> deltas(List<ToolCall> calls) {
    var deltas = new ArrayList<ObjectNode>();
    for (var index = 0; index < calls.size(); index++) {
      var call = calls.get(index);
      var delta = Json.object();
      delta
          .putArray("tool_calls")
          .addObject()
          .put("index", index)
          .put("id", call.id())
          .put("type", "function")
          .putObject("function")
          .put("name", call.name())
          .put("arguments", "");
      deltas.add(delta);
    }
    var longest = calls.stream().mapToInt(c -> c.fragments().size()).max().orElse(0);
    for (var turn = 0; turn < longest; turn++) {
      for (var index = 0; index < calls.size(); index++) {
        var fragments = calls.get(index).fragments();
        if (turn < fragments.size()) {
          deltas.add(piece(index, fragments.get(turn)));
        }
      }
    }
    return deltas;
  }

  private static ObjectNode piece(int index, String fragment) {
    var delta = Json.object();
    delta
        .putArray("tool_calls")
        .addObject()
        .put("index", index)
        .putObject("function")
        .put("arguments", fragment);
    return delta;
  }
}
