package dev.parley.hub.routing;

import dev.parley.core.model.Privacy;
import dev.parley.hub.config.ConditionsConfig;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.config.RuleConfig;
import dev.parley.hub.config.Stickiness;
import dev.parley.hub.config.Strategy;
import dev.parley.hub.config.TargetConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Short forms of the names that an operator makes. */
final class Names {

  private Names() {}

  static ModelConfig alias(String id, Strategy strategy, String... targets) {
    return of(id, strategy, Stickiness.NONE, Privacy.ANYWHERE, List.of(), targets);
  }

  static ModelConfig of(
      String id,
      Strategy strategy,
      Stickiness sticky,
      Privacy privacy,
      List<RuleConfig> rules,
      String... targets) {
    return new ModelConfig(
        id,
        strategy,
        targets(targets),
        rules,
        sticky,
        privacy,
        ModelConfig.HOLD_BACK_DEFAULT,
        false,
        Optional.empty(),
        Optional.empty());
  }

  static RuleConfig rule(ConditionsConfig when, String... targets) {
    return new RuleConfig(when, Optional.empty(), targets(targets));
  }

  /**
   * {@code backend/model}, {@code backend/model*weight}, or {@code @alias}, {@code @alias*weight}.
   */
  static List<TargetConfig> targets(String... texts) {
    return Arrays.stream(texts).map(Names::target).toList();
  }

  private static TargetConfig target(String text) {
    int star = text.indexOf('*');
    int weight = star < 0 ? 1 : Integer.parseInt(text.substring(star + 1));
    String where = star < 0 ? text : text.substring(0, star);
    int slash = where.indexOf('/');
    return where.startsWith("@")
        ? new TargetConfig.Alias(where.substring(1), weight)
        : new TargetConfig.Served(where.substring(0, slash), where.substring(slash + 1), weight);
  }
}
