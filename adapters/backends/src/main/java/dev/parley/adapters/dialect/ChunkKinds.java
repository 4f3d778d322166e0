package dev.parley.adapters.dialect;

import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Reads what a chunk brings, without touching it. */
public final class ChunkKinds {

  private ChunkKinds() {}

  /** The chunk with what it brings and the token counts that it has. */
  public static Chunk classify(JsonObject chunk) {
    TokenUsage usage = TokenUsage.read(chunk.get("usage"));
    return new Chunk(chunk.value(), kind(chunk.get("choices"), usage), usage);
  }

  private static Chunk.Kind kind(@Nullable JsonValue choices, @Nullable TokenUsage usage) {
    boolean content = false;
    boolean any = false;
    if (choices != null && choices.isArray()) {
      for (JsonValue choice : choices.elements()) {
        any = true;
        if (finishReason(choice) != null) {
          return Chunk.Kind.FINISH;
        }
        content = content || hasContent(choice);
      }
    }
    if (any) {
      return content ? Chunk.Kind.CONTENT : Chunk.Kind.EMPTY;
    }
    return usage == null ? Chunk.Kind.EMPTY : Chunk.Kind.USAGE;
  }

  static @Nullable JsonValue finishReason(JsonValue choice) {
    JsonValue reason = choice.get("finish_reason");
    return reason == null || reason.isNull() ? null : reason;
  }

  /** OpenRouter's word for a choice that broke off. */
  static boolean isFailure(JsonValue choice) {
    JsonValue reason = finishReason(choice);
    return reason != null && reason.textEquals("error");
  }

  /** Any member of the delta that says something counts: kinds of content not known yet, too. */
  private static boolean hasContent(JsonValue choice) {
    JsonValue text = choice.get("text");
    if (text != null && saysSomething(text)) {
      return true;
    }
    JsonValue delta = choice.get("delta");
    if (delta == null || !delta.isObject()) {
      return false;
    }
    for (JsonMember member : delta.object()) {
      if (!member.name().equals("role") && saysSomething(member.value())) {
        return true;
      }
    }
    return false;
  }

  private static boolean saysSomething(JsonValue value) {
    return switch (value.kind()) {
      case NULL -> false;
      case STRING -> !value.isEmptyString();
      case ARRAY -> value.elements().iterator().hasNext();
      case OBJECT -> value.object().size() > 0;
      default -> true;
    };
  }
}
