package dev.parley.core.model;

import dev.parley.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Tokens of one call as the backend counted them; {@link #UNKNOWN} where it did not say. */
public record TokenUsage(
    long prompt,
    long completion,
    long total,
    long cached,
    long reasoning,
    long audioIn,
    long audioOut) {

  private static final double COUNT_MAX = 1e15;

  /** The backend gave no figure. */
  public static final long UNKNOWN = -1;

  /** Reads OpenAI's {@code usage} object; null unless it is an object with a count in it. */
  public static @Nullable TokenUsage read(@Nullable JsonValue usage) {
    if (usage == null || !usage.isObject()) {
      return null;
    }
    long prompt = count(usage, "prompt_tokens");
    long completion = count(usage, "completion_tokens");
    long total = count(usage, "total_tokens");
    if (prompt == UNKNOWN && completion == UNKNOWN && total == UNKNOWN) {
      return null;
    }
    JsonValue in = usage.get("prompt_tokens_details");
    JsonValue out = usage.get("completion_tokens_details");
    return new TokenUsage(
        prompt,
        completion,
        total,
        count(in, "cached_tokens"),
        count(out, "reasoning_tokens"),
        count(in, "audio_tokens"),
        count(out, "audio_tokens"));
  }

  private static long count(@Nullable JsonValue object, String name) {
    JsonValue value = object == null ? null : object.get(name);
    if (value == null || !value.isNumber()) {
      return UNKNOWN;
    }
    double count = value.asDouble();
    return count >= 0 && count <= COUNT_MAX ? (long) count : UNKNOWN;
  }
}
