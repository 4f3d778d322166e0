package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonValue;
import dev.parley.proto.v1.CompleteTextResponse;
import dev.parley.proto.v1.TextChoice;

/** Reads {@code text_completion} objects, whole or delta by delta; keeps no state. */
public final class CompletionAnswer implements AnswerReader<CompleteTextResponse> {

  @Override
  public CompleteTextResponse read(JsonValue json) {
    ObjectReader reader = new ObjectReader(json);
    CompleteTextResponse.Builder response = CompleteTextResponse.newBuilder();
    reader.string("object");
    response.setId(reader.string("id"));
    Long created = reader.int64("created");
    if (created != null) {
      response.setCreated(created);
    }
    response.setModel(reader.string("model"));
    JsonValue choices = reader.take("choices", Answers::isObjects);
    if (choices != null) {
      for (JsonValue choice : choices.elements()) {
        response.addChoices(choice(choice));
      }
    }
    JsonValue usage = reader.object("usage");
    if (usage != null) {
      response.setUsage(Usages.read(usage));
    }
    response.setSystemFingerprint(reader.string("system_fingerprint"));
    return response.setExtraJson(reader.extra()).build();
  }

  @Override
  public boolean hasUsage(CompleteTextResponse response) {
    return response.hasUsage();
  }

  @Override
  public CompleteTextResponse withoutUsage(CompleteTextResponse response) {
    return response.hasUsage() ? response.toBuilder().clearUsage().build() : response;
  }

  @Override
  public CompleteTextResponse usageOnly(CompleteTextResponse response) {
    return response.toBuilder().clearChoices().clearExtraJson().build();
  }

  @Override
  public boolean saysNothing(CompleteTextResponse response) {
    return response.getChoicesCount() == 0 && response.getExtraJson().isEmpty();
  }

  private static TextChoice choice(JsonValue json) {
    ObjectReader reader = new ObjectReader(json);
    Integer index = reader.int32("index");
    TextChoice.Builder choice =
        TextChoice.newBuilder()
            .setIndex(index == null ? 0 : index)
            .setText(reader.string("text"))
            .setFinishReason(reader.string("finish_reason"));
    JsonValue logprobs = reader.take("logprobs", _ -> true);
    if (logprobs != null) {
      choice.setLogprobsJson(logprobs.raw());
    }
    return choice.setExtraJson(reader.extra()).build();
  }
}
