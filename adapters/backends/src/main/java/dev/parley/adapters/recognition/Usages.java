package dev.parley.adapters.recognition;

import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.RecognitionUsage;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says that it took, in any of three forms: tokens of the audio routes, seconds
 * (alone or beside tokens), or tokens of a chat.
 */
public final class Usages {

  private Usages() {}

  /** The counts; unknown for what is no object, or says nothing. */
  public static RecognitionUsage read(@Nullable JsonValue usage) {
    if (usage == null || !usage.isObject()) {
      return RecognitionUsage.UNKNOWN;
    }
    OptionalLong in = either(usage, "input_tokens", "prompt_tokens");
    OptionalLong out = either(usage, "output_tokens", "completion_tokens");
    OptionalLong total = Members.count(usage, "total_tokens");
    OptionalLong audio = Members.count(usage.get("input_token_details"), "audio_tokens");
    if (audio.isEmpty()) {
      audio = Members.count(usage.get("prompt_tokens_details"), "audio_tokens");
    }
    OptionalDouble seconds = Members.within(usage, "seconds", 0, Double.MAX_VALUE);
    return new RecognitionUsage(in, audio, out, total, seconds);
  }

  private static OptionalLong either(JsonValue usage, String one, String other) {
    OptionalLong count = Members.count(usage, one);
    return count.isPresent() ? count : Members.count(usage, other);
  }
}
