package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Conditions that no call can meet, whatever it asks for. */
final class Contradiction {

  /** What is asked with a text, of which the tokens can be estimated. */
  private static final Set<Capability> TELL_TOKENS =
      EnumSet.of(Capability.CHAT, Capability.COMPLETION, Capability.EMBEDDING);

  /** What is asked with a file of audio. */
  private static final Set<Capability> TELL_AUDIO =
      EnumSet.of(
          Capability.STT,
          Capability.VOICE_CLONE,
          Capability.DIARIZATION,
          Capability.SPEAKER_VERIFICATION,
          Capability.DENOISE,
          Capability.VAD);

  private Contradiction() {}

  /** Why no call meets them; empty when one might. */
  static Optional<String> in(ConditionsConfig when) {
    boolean any = when.capabilities().isEmpty();
    Collection<Capability> asked = any ? List.of(Capability.values()) : when.capabilities();
    List<String> reasons =
        asked.stream().sorted().flatMap(c -> reason(c, when).stream()).distinct().toList();
    if (asked.stream().anyMatch(capability -> reason(capability, when).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(any ? "no kind of call tells or wants all of this" : joined(reasons));
  }

  private static String joined(List<String> reasons) {
    return String.join(", and ", reasons);
  }

  private static Optional<String> reason(Capability capability, ConditionsConfig when) {
    String calls = capability.wireName() + " calls ";
    if (when.asksContext() && !TELL_TOKENS.contains(capability)) {
      return Optional.of(calls + "do not tell how many tokens they take");
    }
    if (when.asksAudio() && !TELL_AUDIO.contains(capability)) {
      return Optional.of(calls + "do not tell how long their audio is");
    }
    if (when.asksBytes() && !TELL_AUDIO.contains(capability)) {
      return Optional.of(calls + "have no file whose size they tell");
    }
    if (capability == Capability.EMBEDDING && when.stream().orElse(false)) {
      return Optional.of(calls + "do not stream");
    }
    Optional<String> input = beyond(when.inputs(), inputs(capability));
    return input.isPresent()
        ? input.map(names -> calls + "give no " + names)
        : beyond(when.outputs(), outputs(capability)).map(names -> calls + "want no " + names);
  }

  private static Optional<String> beyond(Set<Modality> asked, Set<Modality> possible) {
    String names =
        asked.stream()
            .sorted()
            .filter(modality -> !possible.contains(modality))
            .map(Modality::wireName)
            .collect(Collectors.joining(" or "));
    return Optional.of(names).filter(text -> !text.isEmpty());
  }

  private static Set<Modality> inputs(Capability capability) {
    return switch (capability) {
      case COMPLETION -> EnumSet.of(Modality.TEXT);
      // A prompt beside the recording, a recording of the voice beside the text.
      case STT -> EnumSet.complementOf(EnumSet.of(Modality.IMAGE));
      case TTS -> EnumSet.of(Modality.TEXT, Modality.AUDIO);
      case CHAT,
          EMBEDDING,
          VOICE_CLONE,
          DIARIZATION,
          SPEAKER_VERIFICATION,
          DENOISE,
          VAD,
          REALTIME ->
          EnumSet.allOf(Modality.class);
    };
  }

  private static Set<Modality> outputs(Capability capability) {
    return switch (capability) {
      case COMPLETION, STT -> EnumSet.of(Modality.TEXT);
      case TTS, DENOISE -> EnumSet.of(Modality.AUDIO);
      case CHAT, EMBEDDING, VOICE_CLONE, DIARIZATION, SPEAKER_VERIFICATION, VAD, REALTIME ->
          EnumSet.allOf(Modality.class);
    };
  }
}
