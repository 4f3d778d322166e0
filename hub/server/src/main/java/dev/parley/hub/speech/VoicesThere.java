package dev.parley.hub.speech;

import dev.parley.core.speech.PresetVoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
    return named(name::equals)
        .or(() -> named(name::equalsIgnoreCase))
        .or(() -> named(known -> stem(known).equalsIgnoreCase(name)));
  }

  private Optional<String> named(Predicate<String> wanted) {
    return presets.orElseThrow().stream().map(PresetVoice::name).filter(wanted).findFirst();
  }

  /** Some servers call their voices by the names of files. */
  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
