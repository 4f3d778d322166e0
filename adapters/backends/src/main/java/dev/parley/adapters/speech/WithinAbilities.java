package dev.parley.adapters.speech;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.TargetVoice;

/** Refuses by name what a model cannot do, before anything is sent. */
public final class WithinAbilities {

  private WithinAbilities() {}

  /**
   * Does nothing for a call that the model can serve.
   *
   * @throws HubException with CapabilityMissing for the first thing that it cannot do
   */
  public static void check(SpeechCall call, SynthesisAbilities can, Target target) {
    require(
        can.ssml() || !(call.text() instanceof SpeechText.Ssml), target, "SSML", "send plain text");
    require(
        call.speed() >= can.speedMin() && call.speed() <= can.speedMax(),
        target,
        "speed " + call.speed() + " (it has " + can.speedMin() + " to " + can.speedMax() + ")",
        "use a speed within that range");
    require(
        can.instructions() || call.instructions().isEmpty(),
        target,
        "instructions",
        "leave instructions out");
    require(
        call.pronunciations().stream().allMatch(p -> can.alphabets().contains(p.alphabet())),
        target,
        "pronunciations in that alphabet",
        "use the alphabet alias");
    require(
        can.marks().containsAll(call.marks()),
        target,
        "marks of that kind",
        "do not ask for marks");
    require(
        speaks(call.voice(), can),
        target,
        voice(call.voice()),
        "use a voice that the model brings");
  }

  private static boolean speaks(TargetVoice voice, SynthesisAbilities can) {
    return switch (voice) {
      case TargetVoice.Usual _, TargetVoice.Preset _, TargetVoice.Kept _ -> true;
      case TargetVoice.Recorded _ -> can.cloning() instanceof Cloning.WithTheCall;
      case TargetVoice.Described _ -> can.descriptions();
      case TargetVoice.Blended _ -> can.blends();
    };
  }

  private static String voice(TargetVoice voice) {
    return switch (voice) {
      case TargetVoice.Usual _, TargetVoice.Preset _, TargetVoice.Kept _ -> "that voice";
      case TargetVoice.Recorded _ -> "voices from recordings that go with the call";
      case TargetVoice.Described _ -> "voices from a description";
      case TargetVoice.Blended _ -> "blends of voices";
    };
  }

  private static void require(boolean can, Target target, String missing, String remedy) {
    if (!can) {
      throw new HubException(new HubError.CapabilityMissing(target.model(), missing, remedy));
    }
  }
}
