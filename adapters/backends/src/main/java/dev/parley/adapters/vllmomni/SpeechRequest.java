package dev.parley.adapters.vllmomni;

import dev.parley.adapters.speech.ExtraMembers;
import dev.parley.adapters.speech.RecordedSound;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Target;
import dev.parley.core.speech.Recording;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.TargetVoice;

/** Writes a call as the server's own {@code /v1/audio/speech} wants it. */
final class SpeechRequest {

  /** A model that makes up voices needs words for it; these ask for nothing special. */
  private static final String PLAIN_VOICE = "A clear, natural adult voice at a calm pace.";

  private SpeechRequest() {}

  /** Whether the sound can come while it is made: the server streams at its own pace only. */
  static boolean streams(SpeechCall call) {
    return call.stream() && call.speed() == 1;
  }

  static JsonValue write(SpeechCall call, Target target, SpeakingModel model) {
    JsonWriter out = new JsonWriter().beginObject();
    out.member("model", target.model()).member("input", call.text().text());
    switch (model) {
      case CUSTOM_VOICE, CHAT -> out.member("task_type", "CustomVoice");
      case VOICE_DESIGN -> out.member("task_type", "VoiceDesign");
      case BASE -> out.member("task_type", "Base");
    }
    String name = name(call.voice());
    if (!name.isEmpty()) {
      out.member("voice", name);
    }
    if (call.voice() instanceof TargetVoice.Recorded recorded) {
      reference(recorded.recordings().getFirst(), out);
    } else if (model == SpeakingModel.BASE && name.isEmpty()) {
      throw new HubException(
          new HubError.CapabilityMissing(
              target.model(), "a voice of its own", "use a voice that has a recording"));
    }
    String instructions = instructions(call, model);
    if (!instructions.isEmpty()) {
      out.member("instructions", instructions);
    }
    SpokenLanguages.name(call.language()).ifPresent(language -> out.member("language", language));
    form(call, out);
    return ExtraMembers.merged(out.endObject().toValue(), call.extra());
  }

  /** What a request leaves out means something else in each release, so nothing is left out. */
  private static void form(SpeechCall call, JsonWriter out) {
    if (call.speed() != 1) {
      out.member("speed", call.speed());
    }
    call.seed().ifPresent(seed -> out.member("seed", seed));
    if (streams(call)) {
      out.member("response_format", "pcm").member("stream", true).member("stream_format", "sse");
    } else {
      out.member("response_format", "wav").member("stream", false);
      out.name("stream_format").nullValue();
    }
  }

  private static String name(TargetVoice voice) {
    return switch (voice) {
      case TargetVoice.Preset(String name) -> name;
      case TargetVoice.Kept(String name) -> name;
      case TargetVoice.Usual _,
          TargetVoice.Recorded _,
          TargetVoice.Described _,
          TargetVoice.Blended _ ->
          "";
    };
  }

  private static void reference(Recording recording, JsonWriter out) {
    out.name("ref_audio");
    RecordedSound.dataUri(recording, out);
    if (recording.transcript().isEmpty()) {
      out.member("x_vector_only_mode", true);
    } else {
      out.member("ref_text", recording.transcript());
    }
  }

  private static String instructions(SpeechCall call, SpeakingModel model) {
    if (model != SpeakingModel.VOICE_DESIGN) {
      return call.instructions();
    }
    String voice =
        call.voice() instanceof TargetVoice.Described(String description)
            ? description
            : PLAIN_VOICE;
    return call.instructions().isEmpty() ? voice : voice + "\n" + call.instructions();
  }
}
