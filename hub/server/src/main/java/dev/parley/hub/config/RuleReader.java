package dev.parley.hub.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code rules} of a name. */
final class RuleReader {

  private static final List<String> KEYS = List.of("when", "strategy", "targets");

  private final Reading reading;
  private final TargetsReader targetsReader;

  RuleReader(Reading reading, TargetsReader targetsReader) {
    this.reading = reading;
    this.targetsReader = targetsReader;
  }

  /** The rules of a name; fewer than are written only after a problem. */
  List<RuleConfig> readAll(YamlMap model) {
    List<Node> items = model.items("rules");
    if (items.size() > ModelConfig.RULES_MAX) {
      reading.problem(
          model.line("rules"),
          model.spot("rules").path(),
          items.size() + " rules",
          "at most " + ModelConfig.RULES_MAX);
      return List.of();
    }
    List<RuleConfig> rules = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      rule(YamlMap.of(reading, items.get(i), model.spot("rules").item(i), KEYS))
          .ifPresent(rules::add);
    }
    return rules;
  }

  private Optional<RuleConfig> rule(YamlMap map) {
    if (!map.isMap()) {
      return Optional.empty();
    }
    ConditionsConfig when = ConditionsReader.read(reading, map);
    Optional<Strategy> strategy =
        map.text("strategy").flatMap(text -> text.named(Strategy::byName, Strategy.wireNames()));
    List<TargetConfig> targets = targetsReader.read(map);
    return TargetsReader.fits(targets)
        ? Optional.of(new RuleConfig(when, strategy, targets))
        : Optional.empty();
  }
}
