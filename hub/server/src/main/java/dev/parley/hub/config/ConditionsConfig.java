package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Priority;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When a rule holds: every condition that is given must. A condition on something that a call does
 * not tell (the length of audio that was not decoded) does not hold.
 *
 * @param capabilities one of these is asked for; empty means any
 * @param languages the language is one of these or a variant of one; empty means any
 * @param inputs all of these are given
 * @param outputs all of these are wanted
 * @param stream whether the answer is wanted piece by piece
 * @param keys the caller's key has one of these names; empty means any
 * @param tags the caller has one of these tags; empty means any
 * @param priorities the call has one of these; empty means any
 * @param audioMin inclusive
 * @param audioMax inclusive
 * @param bytesMin inclusive
 * @param bytesMax inclusive
 * @param contextMin estimated tokens of input and output, inclusive
 * @param contextMax inclusive
 */
public record ConditionsConfig(
    Set<Capability> capabilities,
    List<String> languages,
    Set<Modality> inputs,
    Set<Modality> outputs,
    Optional<Boolean> stream,
    List<String> keys,
    List<String> tags,
    Set<Priority> priorities,
    Optional<Duration> audioMin,
    Optional<Duration> audioMax,
    OptionalLong bytesMin,
    OptionalLong bytesMax,
    OptionalLong contextMin,
    OptionalLong contextMax) {

  public static final DurationRange AUDIO_RANGE =
      new DurationRange(Duration.ZERO, Duration.ofHours(24));
  public static final WholeRange BYTES_RANGE = new WholeRange(0, 1L << 40);
  public static final WholeRange CONTEXT_RANGE = new WholeRange(0, 1_000_000_000);

  static final String NAME_ALLOWED = "1 to 128 visible ASCII characters, no spaces and no commas";

  private static final int NAME_CHARS_MAX = 128;

  /** Always holds. */
  public static final ConditionsConfig NONE =
      new ConditionsConfig(
          Set.of(),
          List.of(),
          Set.of(),
          Set.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  public ConditionsConfig {
    capabilities = Set.copyOf(capabilities);
    languages = List.copyOf(languages);
    inputs = Set.copyOf(inputs);
    outputs = Set.copyOf(outputs);
    keys = List.copyOf(keys);
    tags = List.copyOf(tags);
    priorities = Set.copyOf(priorities);
    languages.forEach(language -> require(BackendModelConfig.isLanguage(language), language));
    keys.forEach(key -> require(isName(key), key));
    tags.forEach(tag -> require(isName(tag), tag));
    audioMin.ifPresent(length -> AUDIO_RANGE.require("audioMin", length));
    audioMax.ifPresent(length -> AUDIO_RANGE.require("audioMax", length));
    bytesMin.ifPresent(bytes -> BYTES_RANGE.require("bytesMin", bytes));
    bytesMax.ifPresent(bytes -> BYTES_RANGE.require("bytesMax", bytes));
    contextMin.ifPresent(tokens -> CONTEXT_RANGE.require("contextMin", tokens));
    contextMax.ifPresent(tokens -> CONTEXT_RANGE.require("contextMax", tokens));
    if (audioMin.orElse(Duration.ZERO).compareTo(audioMax.orElse(AUDIO_RANGE.max())) > 0
        || bytesMin.orElse(0) > bytesMax.orElse(Long.MAX_VALUE)
        || contextMin.orElse(0) > contextMax.orElse(Long.MAX_VALUE)) {
      throw new IllegalArgumentException("a least amount is more than the most of it");
    }
  }

  /** How many conditions there are. */
  int given() {
    long lists =
        Stream.<Collection<?>>of(capabilities, languages, inputs, outputs, keys, tags, priorities)
            .filter(values -> !values.isEmpty())
            .count();
    long others =
        Stream.of(
                stream.isPresent(),
                audioMin.isPresent(),
                audioMax.isPresent(),
                bytesMin.isPresent(),
                bytesMax.isPresent(),
                contextMin.isPresent(),
                contextMax.isPresent())
            .filter(given -> given)
            .count();
    return (int) (lists + others);
  }

  boolean asksAudio() {
    return audioMin.isPresent() || audioMax.isPresent();
  }

  boolean asksBytes() {
    return bytesMin.isPresent() || bytesMax.isPresent();
  }

  boolean asksContext() {
    return contextMin.isPresent() || contextMax.isPresent();
  }

  /** Whether this can be the name of a key or a tag, which callers list between commas. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= NAME_CHARS_MAX
        && text.chars().allMatch(c -> c > ' ' && c < 127 && c != ',');
  }

  private static void require(boolean fits, String text) {
    if (!fits) {
      throw new IllegalArgumentException("not usable in a condition: " + Shown.quoted(text));
    }
  }
}
