package dev.parley.hub.recognition;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.spi.Recognizer;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.resilience.Candidate;
import dev.parley.hub.resilience.TimeLimits;
import dev.parley.hub.routing.Plan;
import java.time.Duration;

/**
 * A target that can write down what a call asks for.
 *
 * @param recognizer the backend's ability
 * @param abilities what the model can do
 */
record RecognitionStep(Plan.Step step, Recognizer recognizer, RecognitionAbilities abilities) {

  /** What a machine without a GPU may need for a second of speech, and what a cold start may. */
  private static final int SECONDS_FOR_A_SECOND = 2;

  private static final Duration COLD = Duration.ofSeconds(60);

  Target target() {
    return step.target();
  }

  /**
   * The target as the executor sees it. An answer that comes whole may take as long as the clip
   * makes it: the limits grow with it.
   */
  Candidate candidate(double clipSeconds, boolean stream) {
    RegisteredBackend backend = step.backend();
    TimeLimits usual = backend.limits(Capability.STT, stream);
    Duration work = COLD.plusMillis((long) (clipSeconds * 1_000 * SECONDS_FOR_A_SECOND));
    TimeLimits limits =
        new TimeLimits(
            usual.queue(),
            longer(usual.headers(), work),
            longer(usual.firstByte(), work),
            longer(usual.idle(), work),
            longer(usual.total(), work.multipliedBy(2)));
    return new Candidate(
        target(),
        step.model().contextLength(),
        backend.state().target(target().model()),
        backend.state(),
        limits,
        backend.retry());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
