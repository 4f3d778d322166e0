package dev.parley.adapters.chatterbox;

import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.TargetVoice;
import org.jspecify.annotations.Nullable;

/**
 * Writes a call as {@code /tts} wants it, with a value for every knob: what is left out would be as
 * the server's own settings say today. The server does not hold values to its ranges, so they are
 * brought within them here.
 */
final class SpeechRequest {

  private static final long SEED_END = 1L << 31;

  private SpeechRequest() {}

  /**
   * @param voice a name that may be sent
   */
  static JsonValue write(SpeechCall call, String voice, Engine engine) {
    JsonWriter out = new JsonWriter().beginObject();
    out.member("text", call.text().text());
    switch (call.voice()) {
      case TargetVoice.Kept _ ->
          out.member("voice_mode", "clone").member("reference_audio_filename", voice);
      case TargetVoice.Usual _,
          TargetVoice.Preset _,
          TargetVoice.Recorded _,
          TargetVoice.Described _,
          TargetVoice.Blended _ ->
          out.member("voice_mode", "predefined").member("predefined_voice_id", voice);
    }
    JsonValue extra = call.extra();
    out.member("output_format", "wav");
    out.member("split_text", flag(extra, "split_text"));
    out.member("chunk_size", (long) number(extra, "chunk_size", 50, 500, 120));
    out.member("temperature", number(extra, "temperature", 0, 1.5, 0.8));
    out.member("exaggeration", number(extra, "exaggeration", 0.25, 2, 0.5));
    out.member("cfg_weight", number(extra, "cfg_weight", 0.2, 1, 0.5));
    out.member("seed", Math.floorMod(call.seed().orElse(0), SEED_END));
    out.member("speed_factor", call.speed());
    out.member("language", engine.language(call.language()));
    return out.endObject().toValue();
  }

  private static double number(
      JsonValue extra, String name, double least, double most, double usual) {
    JsonValue given = member(extra, name);
    return given != null && given.isNumber() ? Math.clamp(given.asDouble(), least, most) : usual;
  }

  /** The hub cuts texts itself. */
  private static boolean flag(JsonValue extra, String name) {
    JsonValue given = member(extra, name);
    return given != null && given.isBoolean() && given.asBoolean();
  }

  private static @Nullable JsonValue member(JsonValue extra, String name) {
    return extra.isObject() ? extra.get(name) : null;
  }
}
