package dev.parley.hub.speech;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.spi.Synthesizer;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.resilience.Candidate;
import dev.parley.hub.routing.Plan;

/**
 * A target that can speak what a call asks for.
 *
 * @param speech the backend's ability
 * @param abilities what the model can do
 * @param voice the voice of the call there, never {@link VoiceThere.Impossible}
 */
record SpeechStep(
    Plan.Step step, Synthesizer speech, SynthesisAbilities abilities, VoiceThere voice) {

  Target target() {
    return step.target();
  }

  /** Whether it speaks with the voice that was asked for, not one instead of it. */
  boolean isExact() {
    return switch (voice) {
      case VoiceThere.Ready(_, boolean exact, _) -> exact;
      case VoiceThere.ToKeep(_, _, var blend) -> !blend.equals(VoiceFit.BLEND_HEAVIEST);
      case VoiceThere.Impossible _ -> false;
    };
  }

  /** What is left to be done here when somebody wants this pace. */
  double paceLeft(double speed) {
    return speed >= abilities.speedMin() && speed <= abilities.speedMax() ? 1 : speed;
  }

  /** As the executor sees it. */
  Candidate candidate() {
    RegisteredBackend backend = step.backend();
    return new Candidate(
        target(),
        step.model().contextLength(),
        backend.state().target(target().model()),
        backend.state(),
        backend.limits(Capability.TTS, abilities.streams()),
        backend.retry());
  }
}
