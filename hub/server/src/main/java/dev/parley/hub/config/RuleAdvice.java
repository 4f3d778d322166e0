package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Priority;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules that no call reaches, and rules that leave nothing to what stands behind them. */
final class RuleAdvice {

  private RuleAdvice() {}

  static void look(ModelConfig model, RouteAdvice.Sink sink) {
    List<RuleConfig> rules = model.rules();
    for (int i = 0; i < rules.size(); i++) {
      String at = ".rules[" + i + "]";
      Optional<String> never = Contradiction.in(rules.get(i).when());
      if (never.isPresent()) {
        sink.add(at + ".when", "never holds: " + never.get());
      } else {
        firstThatTakesAll(rules, i)
            .ifPresent(earlier ->
                sink.add(
                    at, "never reached, as rules[" + earlier + "] holds whenever this one does"));
      }
    }
    if (takeEverything(rules)) {
      sink.add(".targets", "never reached, as the rules take every call between them");
    }
  }

  private static Optional<Integer> firstThatTakesAll(List<RuleConfig> rules, int later) {
    return Stream.iterate(0, i -> i < later, i -> i + 1)
        .filter(i -> Implication.holds(rules.get(later).when(), rules.get(i).when()))
        .findFirst();
  }

  /** Whether the rules with a single condition leave out no value of it. */
  private static boolean takeEverything(List<RuleConfig> rules) {
    List<ConditionsConfig> single =
        rules.stream().map(RuleConfig::when).filter(when -> when.given() == 1).toList();
    return taken(single, when -> when.stream().stream().toList()) == 2
        || taken(single, ConditionsConfig::priorities) == Priority.values().length
        || taken(single, ConditionsConfig::capabilities) == Capability.values().length;
  }

  private static <T> long taken(
      List<ConditionsConfig> whens, Function<ConditionsConfig, Collection<T>> values) {
    return whens.stream().flatMap(when -> values.apply(when).stream()).distinct().count();
  }
}
