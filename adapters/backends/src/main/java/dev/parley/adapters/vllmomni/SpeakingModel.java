package dev.parley.adapters.vllmomni;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.ModelInfo;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** In which way a model speaks. The server does not tell: the operator does, or else the name. */
enum SpeakingModel {
  /** Holds conversations, and is asked to read the text aloud. */
  CHAT,
  /** Speaks in its own voices, told how. */
  CUSTOM_VOICE,
  /** Makes up a voice from words. */
  VOICE_DESIGN,
  /** Copies a voice from a recording; has none of its own. */
  BASE;

  private static final Set<Modality> WRITES_AND_SPEAKS = Set.of(Modality.TEXT, Modality.AUDIO);

  static SpeakingModel of(BackendSpec spec, String model) {
    Optional<ModelInfo> listed =
        spec.models().stream().filter(info -> info.id().equals(model)).findFirst();
    Set<Capability> can = listed.map(ModelInfo::capabilities).orElse(Set.of());
    String name = model.toLowerCase(Locale.ROOT);
    boolean speech = name.contains("tts");
    boolean writesToo =
        listed.map(info -> info.outputs().containsAll(WRITES_AND_SPEAKS)).orElse(false);
    if (can.contains(Capability.CHAT) || writesToo || (!speech && name.contains("omni"))) {
      return CHAT;
    }
    if (name.contains("voicedesign")) {
      return VOICE_DESIGN;
    }
    return name.contains("base") || can.contains(Capability.VOICE_CLONE) ? BASE : CUSTOM_VOICE;
  }
}
