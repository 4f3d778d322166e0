package dev.parley.adapters.freetts;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.TargetVoice;
import java.util.Set;

/**
 * What is to be spoken, in this engine's terms.
 *
 * @param text as it was written, for the places of marks
 * @param readable the same text in the characters that the engine knows, place for place
 * @param voice one of {@link KevinVoice#NAMES}
 * @param speed 1 is normal
 */
record Order(String text, String readable, String voice, double speed, Set<SpeechMark.Kind> marks) {

  static Order of(SpeechCall call, Target target, int charactersMax) {
    String text =
        switch (call.text()) {
          case SpeechText.Plain(String plain) -> plain;
          case SpeechText.Ssml _ ->
              throw missing(target, "reading SSML", "send plain text, or name another model");
        };
    if (text.length() > charactersMax) {
      throw new HubException(
          new HubError.InvalidRequest(
              "input", text.length() + " characters", "up to " + charactersMax));
    }
    return new Order(
        text,
        PlainText.of(text)
            .orElseThrow(() ->
                missing(
                    target,
                    "speaking a text without Latin letters",
                    "name a model that speaks its language")),
        voice(call.voice(), target),
        Math.clamp(call.speed(), FreeTtsBackend.SLOWEST, FreeTtsBackend.FASTEST),
        call.marks());
  }

  private static String voice(TargetVoice voice, Target target) {
    return switch (voice) {
      case TargetVoice.Usual() -> KevinVoice.NAMES.getFirst();
      case TargetVoice.Preset(String name) -> known(name);
      case TargetVoice.Kept(String name) -> known(name);
      case TargetVoice.Recorded _ -> throw missing(target, "speaking like a recording", OTHER);
      case TargetVoice.Described _ -> throw missing(target, "voices from words", OTHER);
      case TargetVoice.Blended _ -> throw missing(target, "mixed voices", OTHER);
    };
  }

  private static final String OTHER = "use kevin16 or kevin, or name another model";

  private static String known(String name) {
    if (KevinVoice.NAMES.contains(name)) {
      return name;
    }
    throw new HubException(
        new HubError.NotFound(
            HubError.NotFound.Kind.VOICE, name, NearestName.of(name, KevinVoice.NAMES)));
  }

  private static HubException missing(Target target, String what, String remedy) {
    return new HubException(new HubError.CapabilityMissing(target.model(), what, remedy));
  }
}
