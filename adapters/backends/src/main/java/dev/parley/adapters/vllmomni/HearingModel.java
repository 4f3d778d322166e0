package dev.parley.adapters.vllmomni;

import dev.parley.core.model.Capability;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.ModelInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** In which way a model writes down speech. The server does not tell: the name or operator does. */
enum HearingModel {
  /** Holds conversations, and is asked to write down what it hears. */
  CHAT,
  /** Was made to write down speech, and has the route for it. */
  TRANSCRIPTION;

  private static final List<String> MADE_FOR_IT =
      List.of("whisper", "asr", "voxtral", "transcribe");

  static HearingModel of(BackendSpec spec, String model) {
    String name = model.toLowerCase(Locale.ROOT);
    if (MADE_FOR_IT.stream().anyMatch(name::contains)) {
      return TRANSCRIPTION;
    }
    Set<Capability> can =
        spec.models().stream()
            .filter(info -> info.id().equals(model))
            .findFirst()
            .map(ModelInfo::capabilities)
            .orElse(Set.of());
    boolean writesOnly = can.contains(Capability.STT) && !can.contains(Capability.CHAT);
    return writesOnly && !name.contains("omni") ? TRANSCRIPTION : CHAT;
  }
}
