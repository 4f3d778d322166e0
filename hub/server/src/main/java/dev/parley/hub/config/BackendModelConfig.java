package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model as one backend serves it. What is empty was not said: the backend is asked, or the
 * backend's type decides.
 *
 * @param contextLength in tokens
 * @param sampleRateHz of the raw PCM that the model gives, which is almost never on the wire
 * @param languages BCP 47 tags
 * @param price what it costs
 * @param voice the voice that it speaks with when nobody asks for another, by its own name; may be
 *     empty
 * @param voices its own names of voices, by the names that callers use
 */
public record BackendModelConfig(
    String id,
    Set<Capability> capabilities,
    Set<Modality> inputModalities,
    Set<Modality> outputModalities,
    OptionalInt contextLength,
    OptionalInt sampleRateHz,
    List<String> languages,
    PriceConfig price,
    String voice,
    Map<String, String> voices) {

  public static final WholeRange CONTEXT_LENGTH_RANGE = new WholeRange(1, 1_000_000_000);
  public static final WholeRange SAMPLE_RATE_RANGE = new WholeRange(4_000, 384_000);

  /** More names than a model has. */
  static final int VOICES_MAX = 1_000;

  private static final int VOICE_CHARS_MAX = 200;

  static final String VOICE_ALLOWED = "a name of up to " + VOICE_CHARS_MAX + " characters";

  public BackendModelConfig {
    Names.requireModel(id);
    contextLength.ifPresent(value -> CONTEXT_LENGTH_RANGE.require("contextLength", value));
    sampleRateHz.ifPresent(value -> SAMPLE_RATE_RANGE.require("sampleRateHz", value));
    capabilities = inOrder(Capability.class, capabilities);
    inputModalities = inOrder(Modality.class, inputModalities);
    outputModalities = inOrder(Modality.class, outputModalities);
    languages = List.copyOf(languages);
    voices = Collections.unmodifiableMap(new TreeMap<>(voices));
    if (!voice.isEmpty() && !isVoice(voice)) {
      throw new IllegalArgumentException("not a voice: " + Shown.quoted(voice));
    }
    voices.forEach((name, own) -> {
      if (!isVoice(name) || !isVoice(own)) {
        throw new IllegalArgumentException("not a voice: " + Shown.quoted(name));
      }
    });
    languages.forEach(language -> {
      if (!isLanguage(language)) {
        throw new IllegalArgumentException("not a language: " + Shown.quoted(language));
      }
    });
  }

  /** A model of which only the name is known. */
  public static BackendModelConfig named(String id) {
    return new BackendModelConfig(
        id,
        Set.of(),
        Set.of(),
        Set.of(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        List.of(),
        PriceConfig.UNKNOWN,
        "",
        Map.of());
  }

  /** Names of voices are whatever servers call them, on one line. */
  static boolean isVoice(String text) {
    return !text.isBlank()
        && text.length() <= VOICE_CHARS_MAX
        && text.chars().noneMatch(Character::isISOControl);
  }

  static boolean isLanguage(String text) {
    return text.length() <= 35
        && Arrays.stream(text.split("-", -1))
            .allMatch(part ->
                !part.isEmpty()
                    && part.length() <= 8
                    && part.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c)));
  }

  private static <E extends Enum<E>> Set<E> inOrder(Class<E> type, Set<E> values) {
    EnumSet<E> copy = EnumSet.noneOf(type);
    copy.addAll(values);
    return Collections.unmodifiableSet(copy);
  }
}
