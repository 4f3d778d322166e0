package dev.parley.hub.speakers;

import dev.parley.core.model.Target;
import dev.parley.core.spi.SpeakerVerifier;
import dev.parley.hub.routing.Plan;

/**
 * A target that can compare two recordings.
 *
 * @param secondsMax longest recording that it takes
 */
record VerifierStep(Plan.Step step, SpeakerVerifier verifier, double secondsMax) {

  Target target() {
    return step.target();
  }
}
