package dev.parley.hub.edge.grpc.document;

import com.google.protobuf.ByteString;
import dev.parley.core.json.JsonValue;
import dev.parley.proto.v1.Choice;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.proto.v1.GeneratedAudio;
import dev.parley.proto.v1.Message;
import dev.parley.proto.v1.TokenLogprob;
import java.util.List;

/**
 * Reads the answer of one chat call: a whole {@code chat.completion} or, one after the other, the
 * chunks of a stream. It remembers the ends of audio pieces, so each call has its own. For one
 * thread.
 */
public final class ChatAnswer implements AnswerReader<CompleteResponse> {

  private final Base64Pieces pieces = new Base64Pieces();

  @Override
  public CompleteResponse read(JsonValue json) {
    ObjectReader reader = new ObjectReader(json);
    CompleteResponse.Builder response = CompleteResponse.newBuilder();
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
    response.setServiceTier(reader.string("service_tier"));
    return response.setExtraJson(reader.extra()).build();
  }

  @Override
  public CompleteResponse withoutUsage(CompleteResponse response) {
    return response.hasUsage() ? response.toBuilder().clearUsage().build() : response;
  }

  @Override
  public CompleteResponse usageOnly(CompleteResponse response) {
    return response.toBuilder().clearChoices().clearExtraJson().build();
  }

  @Override
  public boolean hasUsage(CompleteResponse response) {
    return response.hasUsage();
  }

  @Override
  public boolean saysNothing(CompleteResponse response) {
    return response.getChoicesCount() == 0 && response.getExtraJson().isEmpty();
  }

  private Choice choice(JsonValue json) {
    ObjectReader reader = new ObjectReader(json);
    Choice.Builder choice = Choice.newBuilder();
    Integer index = reader.int32("index");
    choice.setIndex(index == null ? 0 : index);
    choice.setFinishReason(reader.string("finish_reason"));
    JsonValue message = reader.object("delta");
    if (message == null) {
      message = reader.object("message");
    }
    if (message != null) {
      choice.setMessage(Messages.read(message, choice.getIndex(), pieces));
    }
    if (!choice.getFinishReason().isEmpty()) {
      endAudio(choice);
    }
    logprobs(reader, choice);
    return choice.setExtraJson(reader.extra()).build();
  }

  private void endAudio(Choice.Builder choice) {
    ByteString rest = pieces.end(choice.getIndex());
    if (!rest.isEmpty()) {
      Message.Builder message = choice.getMessageBuilder();
      GeneratedAudio.Builder audio = message.getAudioBuilder();
      audio.setData(audio.getData().concat(rest));
    }
  }

  private static void logprobs(ObjectReader reader, Choice.Builder choice) {
    JsonValue json = reader.object("logprobs");
    if (json == null) {
      return;
    }
    ObjectReader inner = new ObjectReader(json);
    inner.take(
        "content",
        value -> {
          List<TokenLogprob> list = value.isArray() ? Logprobs.read(value) : null;
          if (list != null) {
            choice.addAllLogprobs(list);
          }
          return list != null;
        });
    reader.leave("logprobs", inner);
  }
}
