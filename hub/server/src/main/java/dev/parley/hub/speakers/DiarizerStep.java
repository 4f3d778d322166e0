package dev.parley.hub.speakers;

import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.speakers.DiarizationAbilities;
import dev.parley.core.spi.Diarizer;
import dev.parley.hub.routing.Plan;

/**
 * A target that can tell who spoke when, as it is asked.
 *
 * @param knows whether it is told of the known speakers, and so names them itself
 */
record DiarizerStep(
    Plan.Step step, Diarizer diarizer, DiarizationAbilities abilities, boolean knows) {

  Target target() {
    return step.target();
  }

  boolean takes(Clip clip) {
    return clip.seconds() <= abilities.secondsMax() && clip.bytes().length <= abilities.bytesMax();
  }
}
