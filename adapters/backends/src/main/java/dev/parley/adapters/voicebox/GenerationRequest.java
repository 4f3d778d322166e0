package dev.parley.adapters.voicebox;

import dev.parley.adapters.speech.ExtraMembers;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.speech.SpeechCall;
import java.util.Set;

/** Writes a call as {@code /generate/stream} wants it. */
final class GenerationRequest {

  /** A model of that name is that engine. */
  private static final Set<String> ENGINES =
      Set.of(
          "qwen",
          "qwen_custom_voice",
          "luxtts",
          "chatterbox",
          "chatterbox_turbo",
          "tada",
          "kokoro");

  private static final int INSTRUCTIONS_MAX = 500;
  private static final long SEED_END = 1L << 31;

  private GenerationRequest() {}

  /**
   * Refuses what no server takes.
   *
   * @throws HubException when the instructions are too long
   */
  static void check(SpeechCall call) {
    int length = call.instructions().codePointCount(0, call.instructions().length());
    if (length > INSTRUCTIONS_MAX) {
      throw new HubException(
          new HubError.InvalidRequest(
              "instructions", length + " characters", "up to " + INSTRUCTIONS_MAX));
    }
  }

  /**
   * @param model the target's: the name of an engine, or any other
   */
  static JsonValue write(SpeechCall call, Profile profile, String model) {
    JsonWriter out = new JsonWriter().beginObject();
    out.member("profile_id", profile.id()).member("text", call.text().text());
    Languages.of(call.language())
        .or(() -> Languages.of(profile.language()))
        .ifPresent(language -> out.member("language", language));
    call.seed().ifPresent(seed -> out.member("seed", Math.floorMod(seed, SEED_END)));
    if (!call.instructions().isEmpty()) {
      out.member("instruct", call.instructions());
    }
    String engine = engine(call.extra(), profile, model);
    if (!engine.isEmpty()) {
      out.member("engine", engine);
    }
    return ExtraMembers.merged(out.endObject().toValue(), call.extra());
  }

  /**
   * Without a word of it the server takes its usual engine, also for a profile that only another
   * can speak with. Empty: as the caller says himself, or as the server likes.
   */
  private static String engine(JsonValue extra, Profile profile, String model) {
    if (ENGINES.contains(model)) {
      return model;
    }
    return extra.isObject() && extra.get("engine") != null ? "" : profile.engine();
  }
}
