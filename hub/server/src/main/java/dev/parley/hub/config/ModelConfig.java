package dev.parley.hub.config;

import dev.parley.core.model.Privacy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A name that callers use, and the targets behind it, in the order of the file.
 *
 * @param strategy in which order the targets are tried
 * @param targets where calls go that no rule takes
 * @param rules other targets for certain calls, asked in order
 * @param sticky what keeps calls on the same target
 * @param privacy where calls by this name may go
 * @param holdBack how long the first content of a stream waits for the next while there is another
 *     target to turn to; streams that start and die unsettle nobody then
 * @param continueBroken whether an answer that breaks off is finished by a target that can continue
 *     it
 * @param hedge a second attempt beside a slow first one
 * @param cache whether answers are kept for those who ask the same again
 */
public record ModelConfig(
    String id,
    Strategy strategy,
    List<TargetConfig> targets,
    List<RuleConfig> rules,
    Stickiness sticky,
    Privacy privacy,
    Duration holdBack,
    boolean continueBroken,
    Optional<HedgeConfig> hedge,
    Optional<CachingConfig> cache) {

  public static final int TARGETS_MAX = 64;
  public static final int RULES_MAX = 64;
  public static final DurationRange HOLD_BACK_RANGE =
      new DurationRange(Duration.ZERO, Duration.ofSeconds(5));
  public static final Duration HOLD_BACK_DEFAULT = Duration.ofMillis(20);

  public ModelConfig {
    Names.requireModel(id);
    targets = List.copyOf(targets);
    rules = List.copyOf(rules);
    if (targets.isEmpty() || targets.size() > TARGETS_MAX) {
      throw new IllegalArgumentException("model " + id + " needs 1.." + TARGETS_MAX + " targets");
    }
    if (rules.size() > RULES_MAX) {
      throw new IllegalArgumentException("model " + id + " has more than " + RULES_MAX + " rules");
    }
    HOLD_BACK_RANGE.require("holdBack", holdBack);
  }

  /** The targets of the name itself and of all its rules. */
  List<TargetConfig> allTargets() {
    return Stream.concat(targets.stream(), rules.stream().flatMap(rule -> rule.targets().stream()))
        .toList();
  }

  /** With everything but the targets as it is unless the operator says otherwise. */
  public static ModelConfig of(String id, List<TargetConfig> targets) {
    return new ModelConfig(
        id,
        Strategy.PRIORITY,
        targets,
        List.of(),
        Stickiness.NONE,
        Privacy.ANYWHERE,
        HOLD_BACK_DEFAULT,
        false,
        Optional.empty(),
        Optional.empty());
  }
}
