package dev.parley.hub.config;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Prints the names that callers use: their keys and effective values, in the order of the file. */
final class ModelPrinter {

  private final BiConsumer<String, Object> out;

  /**
   * @param out takes a path and its value
   */
  ModelPrinter(BiConsumer<String, Object> out) {
    this.out = out;
  }

  void print(String at, ModelConfig model) {
    put(at + "id", model.id());
    put(at + "strategy", model.strategy().wireName());
    put(at + "sticky", model.sticky().wireName());
    put(at + "privacy", ModelReader.shown(model.privacy()));
    put(at + "hold_back", model.holdBack());
    put(at + "continue", model.continueBroken());
    model
        .hedge()
        .ifPresentOrElse(hedge -> hedge(at + "hedge.", hedge), () -> put(at + "hedge", "none"));
    model
        .cache()
        .ifPresentOrElse(
            cache -> {
              put(at + "cache.age", cache.age());
              put(at + "cache.shared", cache.shared().wireName());
            },
            () -> put(at + "cache", "none"));
    targets(at, model.targets());
    for (int i = 0; i < model.rules().size(); i++) {
      rule(at + "rules[" + i + "].", model.rules().get(i), model.strategy());
    }
  }

  private void hedge(String at, HedgeConfig hedge) {
    put(at + "after", hedge.after());
    put(at + "budget_percent", hedge.budgetPercent());
  }

  private void targets(String at, List<TargetConfig> targets) {
    for (int i = 0; i < targets.size(); i++) {
      String path = at + "targets[" + i + "].";
      switch (targets.get(i)) {
        case TargetConfig.Served(String backend, String served, _) -> {
          put(path + "backend", backend);
          put(path + "model", served);
        }
        case TargetConfig.Alias(String alias, _) -> put(path + "alias", alias);
      }
      put(path + "weight", targets.get(i).weight());
    }
  }

  private void rule(String at, RuleConfig rule, Strategy ofName) {
    conditions(at + "when.", rule.when());
    put(at + "strategy", rule.strategy().orElse(ofName).wireName());
    targets(at, rule.targets());
  }

  // A condition that is not given asks for nothing, so it has no line.
  private void conditions(String at, ConditionsConfig when) {
    list(at + "capability", when.capabilities().stream().sorted().map(c -> c.wireName()).toList());
    list(at + "language", when.languages());
    list(at + "input", when.inputs().stream().sorted().map(m -> m.wireName()).toList());
    list(at + "output", when.outputs().stream().sorted().map(m -> m.wireName()).toList());
    given(at + "stream", when.stream());
    list(at + "key", when.keys());
    list(at + "tag", when.tags());
    list(at + "priority", when.priorities().stream().sorted().map(p -> p.wireName()).toList());
    given(at + "audio_min", when.audioMin());
    given(at + "audio_max", when.audioMax());
    when.bytesMin().ifPresent(bytes -> put(at + "size_min", SizeText.format(bytes)));
    when.bytesMax().ifPresent(bytes -> put(at + "size_max", SizeText.format(bytes)));
    when.contextMin().ifPresent(tokens -> put(at + "context_min", tokens));
    when.contextMax().ifPresent(tokens -> put(at + "context_max", tokens));
  }

  private void list(String path, List<String> values) {
    if (!values.isEmpty()) {
      put(path, "[" + String.join(", ", values) + "]");
    }
  }

  private void given(String path, Optional<?> value) {
    value.ifPresent(there -> put(path, there));
  }

  private void put(String path, Object value) {
    out.accept(path, value);
  }
}
