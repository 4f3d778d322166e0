package dev.parley.hub.config;

import dev.parley.core.model.Privacy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads one name that callers use. */
final class ModelReader {

  static final List<String> KEYS =
      List.of(
          "id",
          "strategy",
          "sticky",
          "privacy",
          "hold_back",
          "continue",
          "hedge",
          "cache",
          "targets",
          "rules");

  private static final List<String> HEDGE_KEYS = List.of("after", "budget_percent");
  private static final List<String> CACHE_KEYS = List.of("age", "shared");
  private static final String AGE_ALLOWED =
      "a duration such as 10m, within " + CachingConfig.AGE_RANGE;
  private static final String AFTER_ALLOWED =
      "a duration such as 300ms, within " + HedgeConfig.AFTER_RANGE;
  private static final List<String> PRIVACIES =
      Arrays.stream(Privacy.values()).map(ModelReader::shown).toList();

  private final TargetsReader targets;
  private final RuleReader rules;

  ModelReader(Reading reading, TargetsReader targets) {
    this.targets = targets;
    this.rules = new RuleReader(reading, targets);
  }

  /** Everything but the id, which was checked; empty only after a problem. */
  Optional<ModelConfig> read(String id, YamlMap map) {
    Strategy strategy =
        map.text("strategy")
            .flatMap(text -> text.named(Strategy::byName, Strategy.wireNames()))
            .orElse(Strategy.PRIORITY);
    Stickiness sticky =
        map.text("sticky")
            .flatMap(text -> text.named(Stickiness::byName, Stickiness.wireNames()))
            .orElse(Stickiness.NONE);
    Privacy privacy =
        map.text("privacy")
            .flatMap(text -> text.named(ModelReader::privacy, PRIVACIES))
            .orElse(Privacy.ANYWHERE);
    Duration holdBack =
        map.duration("hold_back", ModelConfig.HOLD_BACK_RANGE, ModelConfig.HOLD_BACK_DEFAULT);
    boolean continueBroken = map.flag("continue").orElse(false);
    Optional<HedgeConfig> hedge = hedge(map);
    Optional<CachingConfig> cache = cache(map);
    List<TargetConfig> own = targets.read(map);
    List<RuleConfig> others = rules.readAll(map);
    return TargetsReader.fits(own)
        ? Optional.of(
            new ModelConfig(
                id, strategy, own, others, sticky, privacy, holdBack, continueBroken, hedge, cache))
        : Optional.empty();
  }

  private static Optional<HedgeConfig> hedge(YamlMap map) {
    return map.map("hedge", HEDGE_KEYS)
        .filter(YamlMap::isMap)
        .flatMap(keys -> {
          Optional<Duration> after =
              keys.required("after", AFTER_ALLOWED)
                  .flatMap(text -> text.duration(HedgeConfig.AFTER_RANGE));
          int budget =
              keys.whole(
                  "budget_percent", HedgeConfig.BUDGET_RANGE, HedgeConfig.BUDGET_PERCENT_DEFAULT);
          return after.map(wait -> new HedgeConfig(wait, budget));
        });
  }

  /** {@code cache: 10m}, or a map with who shares it. */
  private static Optional<CachingConfig> cache(YamlMap map) {
    if (!map.has("cache")) {
      return Optional.empty();
    }
    if (map.node("cache").filter(MappingNode.class::isInstance).isEmpty()) {
      return map.duration("cache", CachingConfig.AGE_RANGE)
          .map(age -> new CachingConfig(age, CachingConfig.Shared.KEY));
    }
    return map.map("cache", CACHE_KEYS)
        .flatMap(keys -> {
          CachingConfig.Shared shared =
              keys.text("shared")
                  .flatMap(text ->
                      text.named(CachingConfig.Shared::byName, CachingConfig.Shared.wireNames()))
                  .orElse(CachingConfig.Shared.KEY);
          return keys.required("age", AGE_ALLOWED)
              .flatMap(text -> text.duration(CachingConfig.AGE_RANGE))
              .map(age -> new CachingConfig(age, shared));
        });
  }

  /** As the configuration spells it. */
  static String shown(Privacy privacy) {
    return privacy.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Privacy> privacy(String name) {
    return Arrays.stream(Privacy.values()).filter(p -> shown(p).equals(name)).findFirst();
  }
}
