package dev.parley.hub.speech;

import dev.parley.core.speech.PresetVoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The voices that a target brings, and what the operator wrote about them.
 *
 * @param usual the one that the operator chose for calls without a voice; empty: the model's own
 * @param names names that callers use, and the model's own names for them
 * @param presets what the model brings; empty when the server does not tell
 */
record VoicesThere(String usual, Map<String, String> names, Optional<List<PresetVoice>> presets) {

  /** Of which nothing is known. */
  static final VoicesThere NOT_TOLD = new VoicesThere("", Map.of(), Optional.empty());

  VoicesThere {
    names = Map.copyOf(names);
    presets = presets.map(List::copyOf);
  }

  /** The model's own name of a voice; empty when it does not know it. */
  Optional<String> own(String name) {
    String mapped = names.get(name);
    if (mapped != null) {
      return Optional.of(mapped);
    }
    if (presets.isEmpty()) {
      return Optional.of(name);
    }
    Optional<String> exact = named(name, false);
    return exact.isPresent() ? exact : named(name, true);
  }

  private Optional<String> named(String name, boolean caseAside) {
    return presets.orElseThrow().stream()
        .map(PresetVoice::name)
        .filter(known -> caseAside ? known.equalsIgnoreCase(name) : known.equals(name))
        .findFirst();
  }
}
