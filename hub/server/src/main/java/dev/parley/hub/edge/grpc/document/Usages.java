package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonValue;
import dev.parley.proto.v1.Usage;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Token counts. */
final class Usages {

  private Usages() {}

  static Usage read(JsonValue json) {
    ObjectReader reader = new ObjectReader(json);
    Usage.Builder usage = Usage.newBuilder();
    count(reader, "prompt_tokens", usage::setPromptTokens);
    count(reader, "completion_tokens", usage::setCompletionTokens);
    count(reader, "total_tokens", usage::setTotalTokens);
    ObjectReader in = inner(reader, "prompt_tokens_details");
    if (in != null) {
      count(in, "cached_tokens", usage::setCachedTokens);
      count(in, "audio_tokens", usage::setInputAudioTokens);
      reader.leave("prompt_tokens_details", in);
    }
    ObjectReader out = inner(reader, "completion_tokens_details");
    if (out != null) {
      count(out, "reasoning_tokens", usage::setReasoningTokens);
      count(out, "audio_tokens", usage::setOutputAudioTokens);
      reader.leave("completion_tokens_details", out);
    }
    return usage.setExtraJson(reader.extra()).build();
  }

  private static @Nullable ObjectReader inner(ObjectReader reader, String name) {
    JsonValue object = reader.object(name);
    return object == null ? null : new ObjectReader(object);
  }

  private static void count(ObjectReader reader, String name, IntConsumer set) {
    Integer count = reader.int32(name);
    if (count != null) {
      set.accept(count);
    }
  }
}
