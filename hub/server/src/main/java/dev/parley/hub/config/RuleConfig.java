package dev.parley.hub.config;

import java.util.List;
import java.util.Optional;

/**
 * Other targets for calls of a certain kind. Rules are asked in the order of the file; the first
 * whose conditions hold replaces the targets of its name.
 *
 * @param when its conditions
 * @param strategy the order of its targets; empty means the name's own strategy
 * @param targets where such calls go
 */
public record RuleConfig(
    ConditionsConfig when, Optional<Strategy> strategy, List<TargetConfig> targets) {

  public RuleConfig {
    targets = List.copyOf(targets);
    if (targets.isEmpty() || targets.size() > ModelConfig.TARGETS_MAX) {
      throw new IllegalArgumentException("a rule needs 1.." + ModelConfig.TARGETS_MAX + " targets");
    }
  }
}
