package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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
  }
}
