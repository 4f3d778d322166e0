package dev.parley.hub.speech;

import dev.parley.core.speech.PresetVoice;
import dev.parley.hub.config.BackendModelConfig;
import dev.parley.hub.routing.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operator wrote about the voices of a target. */
final class OperatorVoices {

  private OperatorVoices() {}

  static VoicesThere there(Plan.Step step, Optional<List<PresetVoice>> presets) {
    for (BackendModelConfig model : step.backend().config().models()) {
      if (model.id().equals(step.target().model())) {
        return new VoicesThere(model.voice(), model.voices(), presets);
      }
    }
    return new VoicesThere("", Map.of(), presets);
  }
}
