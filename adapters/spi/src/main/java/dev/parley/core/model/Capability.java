package dev.parley.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a model can be asked to do. The wire name is what configuration and listings show. */
public enum Capability {
  CHAT("text-generation", "conversational", "chat-completion", "chat-completions"),
  COMPLETION("completions", "text-completion"),
  EMBEDDING("embeddings", "embed", "feature-extraction", "sentence-similarity"),
  STT("transcription", "transcriptions", "speech-to-text", "automatic-speech-recognition", "asr"),
  TTS("speech", "text-to-speech", "speech-synthesis"),
  VOICE_CLONE("voice-cloning"),
  DIARIZATION("diarize", "speaker-diarization"),
  SPEAKER_VERIFICATION("verification"),
  DENOISE("denoising", "audio-to-audio", "speech-enhancement"),
  VAD("voice-activity-detection"),
  REALTIME("speech-to-speech");

  private static final Map<String, Capability> BY_NAME =
      Arrays.stream(values())
          .flatMap(capability -> capability.names().map(name -> Map.entry(name, capability)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  private static final List<String> WIRE_NAMES =
      Arrays.stream(values()).map(Capability::wireName).toList();

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> longNames;

  private final String wireName;

  Capability(String... longNames) {
    this.longNames = List.of(longNames);
    this.wireName = name().toLowerCase(Locale.ROOT);
  }

  /** Lower-case snake, such as {@code voice_clone}. */
  public String wireName() {
    return wireName;
  }

  /**
   * Finds a capability by its wire name or one of the long names in use elsewhere, such as {@code
   * text-to-speech}; case does not matter, and {@code -} and {@code _} are the same.
   */
  public static Optional<Capability> byName(String name) {
    return Optional.ofNullable(BY_NAME.get(normalised(name)));
  }

  /** All wire names, in declaration order. */
  public static List<String> wireNames() {
    return WIRE_NAMES;
  }

  private Stream<String> names() {
    return Stream.of(Stream.of(wireName), longNames.stream())
        .flatMap(Function.identity())
        .map(Capability::normalised);
  }

  private static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
