package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keys of a name that have no effect with the targets that it has. */
final class KeyAdvice {

  /** What a voice is of use for. */
  private static final Set<Capability> SPEAKS =
      Set.of(Capability.TTS, Capability.VOICE_CLONE, Capability.REALTIME);

  /**
   * Targets that calls choose among.
   *
   * @param ownStrategy whether the strategy is that of the name
   */
  private record Choice(
      String at, Strategy strategy, boolean ownStrategy, List<TargetConfig> targets) {}

  private final Aliases aliases;
  private final ModelConfig model;
  private final RouteAdvice.Sink sink;
  private final List<Choice> choices = new ArrayList<>();

  KeyAdvice(Aliases aliases, ModelConfig model, RouteAdvice.Sink sink) {
    this.aliases = aliases;
    this.model = model;
    this.sink = sink;
    choices.add(new Choice("", model.strategy(), true, model.targets()));
    for (int i = 0; i < model.rules().size(); i++) {
      RuleConfig rule = model.rules().get(i);
      choices.add(
          new Choice(
              ".rules[" + i + "]",
              rule.strategy().orElse(model.strategy()),
              rule.strategy().isEmpty(),
              rule.targets()));
    }
  }

  void look() {
    choices.forEach(this::lookAtWeights);
    choices.forEach(this::lookAtPrices);
    if (model.sticky() == Stickiness.VOICE && choices.stream().noneMatch(this::maySpeak)) {
      sink.add(".sticky", "voice has no effect, as no target lists tts");
    }
    boolean alone = choices.stream().allMatch(c -> aliases.reach(c.targets()).size() < 2);
    if (alone && model.hedge().isPresent()) {
      sink.add(".hedge", "no effect, as there is no second target");
    }
    if (alone && model.continueBroken()) {
      sink.add(".continue", "no effect, as there is no second target");
    }
  }

  private void lookAtWeights(Choice choice) {
    for (int i = 0; i < choice.targets().size(); i++) {
      boolean weighed = choice.targets().get(i).weight() != TargetConfig.WEIGHT_DEFAULT;
      if (weighed && choice.strategy() != Strategy.WEIGHTED) {
        sink.add(
            choice.at() + ".targets[" + i + "].weight",
            "no effect, as the strategy is " + choice.strategy().wireName() + " and not weighted");
        return;
      }
    }
  }

  private void lookAtPrices(Choice choice) {
    boolean priced =
        aliases.reach(choice.targets()).stream()
            .flatMap(place -> aliases.listed(place).stream())
            .anyMatch(listed -> listed.price().isKnown());
    if (choice.strategy() == Strategy.CHEAPEST && !priced) {
      String key = choice.at().isEmpty() || !choice.ownStrategy() ? ".strategy" : ".targets";
      sink.add(choice.at() + key, "the strategy is cheapest, and no target has a price");
    }
  }

  /** Also when nobody said what it can do. */
  private boolean maySpeak(Choice choice) {
    return aliases.reach(choice.targets()).stream()
        .map(place -> aliases.listed(place).map(BackendModelConfig::capabilities).orElse(Set.of()))
        .anyMatch(able -> able.isEmpty() || able.stream().anyMatch(SPEAKS::contains));
  }
}
