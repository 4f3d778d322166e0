package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import java.util.List;
import java.util.Map;

/**
 * OpenRouter's wire: errors inside 200, {@code provider}, {@code native_finish_reason}, usage with
 * cost in every stream.
 */
final class OpenRouterDialect extends Dialect {

  @Override
  ObjectNode error(Refusal refusal) {
    var body = Json.object();
    body.set("error", errorObject(refusal));
    return body;
  }

  @Override
  Answer failed(Refusal refusal, ObjectNode envelope) {
    return Answer.json(200, error(refusal));
  }

  @Override
  List<String> failedStream(Refusal refusal, ObjectNode chunk) {
    chunk.set("error", errorObject(refusal));
    var choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta").put("content", "");
    choice.put("finish_reason", "error");
    return List.of(Answer.event(chunk));
  }

  @Override
  Answer refuse(Refusal refusal) {
    var answer = super.refuse(refusal);
    return switch (refusal.status()) {
      case 429 ->
          answer.with(
              Map.of(
                  "retry-after", "1",
                  "x-ratelimit-limit", "20",
                  "x-ratelimit-remaining", "0",
                  "x-ratelimit-reset", "1790000060000"));
      case 503 -> answer.with(Map.of("retry-after", "1"));
      default -> answer;
    };
  }

  @Override
  List<String> opening() {
    return List.of(": OPENROUTER PROCESSING\n\n");
  }

  @Override
  String idPrefix() {
    return "gen-";
  }

  @Override
  String thoughtMember() {
    return "reasoning";
  }

  @Override
  void envelope(ObjectNode root) {
    root.put("provider", "OpenAI");
  }

  @Override
  void finished(ObjectNode choice, String finish) {
    choice.put("native_finish_reason", finish);
  }

  @Override
  void unfinished(ObjectNode choice) {
    choice.putNull("native_finish_reason");
  }

  @Override
  void usage(ObjectNode usage) {
    usage.put("cost", 0.000508);
  }

  @Override
  boolean alwaysStreamsUsage() {
    return true;
  }

  @Override
  void checkChat(ChatCall call) {
    if (call.wants("audio") && !call.stream()) {
      throw Refusal.invalid("Audio output requires stream: true", "stream");
    }
    for (var message : call.body().path("messages")) {
      for (var part : message.path("content")) {
        if (part.path("type").asText().equals("audio_url")) {
          throw Refusal.invalid("audio must be sent as input_audio", "messages");
        }
      }
    }
  }

  @Override
  ObjectNode model(String id) {
    var model =
        Json.object()
            .put("id", id)
            .put("canonical_slug", id)
            .put("name", id)
            .put("created", CREATED)
            .put("context_length", 128_000);
    var architecture = model.putObject("architecture");
    architecture.putArray("input_modalities").add("text").add("image").add("audio");
    architecture.putArray("output_modalities").add("text").add("audio");
    model.putObject("pricing").put("prompt", "0.0000025").put("completion", "0.00001");
    model.putArray("supported_parameters").add("tools").add("max_tokens").add("temperature");
    if (id.contains("tts")) {
      architecture.putArray("output_modalities").add("speech");
      FakeOpenRouter.VOICES.forEach(model.putArray("supported_voices")::add);
    } else {
      model.putNull("supported_voices");
    }
    model.putNull("expiration_date");
    return model;
  }

  @Override
  ObjectNode models(List<String> ids) {
    var list = Json.object();
    var data = list.putArray("data");
    ids.forEach(id -> data.add(model(id)));
    return list;
  }

  @Override
  Map<String, String> headers(long number) {
    return Map.of("x-generation-id", "gen-" + number);
  }

  private static ObjectNode errorObject(Refusal refusal) {
    var error = Json.object().put("code", refusal.status()).put("message", refusal.text());
    error.putObject("metadata").put("error_type", refusal.trouble().openRouterType);
    return error;
  }
}
