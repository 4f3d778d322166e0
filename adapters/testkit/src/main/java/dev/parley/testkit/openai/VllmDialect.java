package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import java.util.List;

/**
 * vLLM's wire: integer error codes, a string error for a missing key, {@code reasoning} and {@code
 * stop_reason}.
 */
class VllmDialect extends Dialect {
  static final int MAX_MODEL_LEN = 4096;

  @Override
  ObjectNode error(Refusal refusal) {
    var body = Json.object();
    body.putObject("error")
        .put("message", refusal.text())
        .put("type", refusal.trouble().vllmType)
        .put("param", refusal.param())
        .put("code", refusal.status());
    return body;
  }

  @Override
  Answer unauthorized() {
    return Answer.json(401, Json.object().put("error", "Unauthorized"));
  }

  @Override
  List<String> failedStream(Refusal refusal, ObjectNode chunk) {
    return List.of(Answer.event(error(refusal)), ChatStream.DONE);
  }

  @Override
  ObjectNode model(String id) {
    var model = OpenAiFamily.modelEntry(id, "vllm");
    model.put("root", id).putNull("parent").put("max_model_len", MAX_MODEL_LEN);
    model
        .putArray("permission")
        .addObject()
        .put("id", "modelperm-1")
        .put("object", "model_permission")
        .put("allow_sampling", true);
    return model;
  }

  @Override
  String begun(ObjectNode body) {
    if (!body.path("continue_final_message").asBoolean()) {
      return "";
    }
    if (body.path("add_generation_prompt").asBoolean(true)) {
      throw new Refusal(
          Trouble.INVALID,
          "Cannot set both `continue_final_message` and `add_generation_prompt` to True.",
          null);
    }
    var begun = lastSaid(body.path("messages"));
    if (begun.isEmpty()) {
      throw new Refusal(
          Trouble.INVALID, "continue_final_message is set but there is no final message", null);
    }
    return begun;
  }

  @Override
  String thoughtMember() {
    return "reasoning";
  }

  @Override
  void message(ObjectNode message) {
    message.putNull("annotations").putNull("function_call");
    if (!message.has("audio")) {
      message.putNull("audio");
    }
  }

  @Override
  void finished(ObjectNode choice, String finish) {
    choice.putNull("stop_reason").putNull("token_ids");
  }

  @Override
  void unfinished(ObjectNode choice) {
    choice.putNull("token_ids");
  }
}
