package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Privacy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Targets that can serve none of the calls that come to them. */
final class TargetAdvice {

  private final Aliases aliases;
  private final ModelConfig model;
  private final RouteAdvice.Sink sink;

  TargetAdvice(Aliases aliases, ModelConfig model, RouteAdvice.Sink sink) {
    this.aliases = aliases;
    this.model = model;
    this.sink = sink;
  }

  void look() {
    look("", ConditionsConfig.NONE, model.targets());
    for (int i = 0; i < model.rules().size(); i++) {
      RuleConfig rule = model.rules().get(i);
      look(".rules[" + i + "]", rule.when(), rule.targets());
    }
  }

  private void look(String at, ConditionsConfig when, List<TargetConfig> targets) {
    for (int i = 0; i < targets.size(); i++) {
      String path = at + ".targets[" + i + "]";
      Set<TargetConfig.Served> places = aliases.reach(List.of(targets.get(i)));
      List<String> reasons = places.stream().flatMap(place -> unfit(place, when).stream()).toList();
      // An alias is of use as long as one of the places behind it is.
      if (!reasons.isEmpty() && reasons.size() == places.size()) {
        sink.add(path, "serves no call here: " + reasons.getFirst());
      }
    }
  }

  /** Why the place serves none of these calls; what is not known of it speaks for it. */
  private Optional<String> unfit(TargetConfig.Served place, ConditionsConfig when) {
    if (model.privacy() == Privacy.LOCAL_ONLY && !aliases.isLocal(place)) {
      return Optional.of("privacy is local_only, and backend " + place.backend() + " is not local");
    }
    return aliases
        .listed(place)
        .flatMap(listed -> unfit(listed, when))
        .map(reason -> shown(place) + reason);
  }

  private static Optional<String> unfit(BackendModelConfig listed, ConditionsConfig when) {
    Set<Capability> able = listed.capabilities();
    if (!able.isEmpty()
        && !when.capabilities().isEmpty()
        && Collections.disjoint(able, when.capabilities())) {
      return Optional.of(" lists no " + names(when.capabilities()));
    }
    Optional<String> input = absent(when.inputs(), listed.inputModalities());
    if (input.isPresent()) {
      return input.map(name -> " takes no " + name);
    }
    Optional<String> output = absent(when.outputs(), listed.outputModalities());
    if (output.isPresent()) {
      return output.map(name -> " gives no " + name);
    }
    OptionalLong least = when.contextMin();
    return listed.contextLength().isPresent() && least.orElse(0) > listed.contextLength().getAsInt()
        ? Optional.of(
            " has a context_length of "
                + listed.contextLength().getAsInt()
                + ", and context_min is "
                + least.getAsLong())
        : Optional.empty();
  }

  private static String names(Set<Capability> capabilities) {
    return String.join(" or ", capabilities.stream().sorted().map(c -> c.wireName()).toList());
  }

  private static Optional<String> absent(Set<Modality> wanted, Set<Modality> there) {
    return wanted.stream()
        .sorted()
        .filter(modality -> !there.isEmpty() && !there.contains(modality))
        .map(Modality::wireName)
        .findFirst();
  }

  private static String shown(TargetConfig.Served place) {
    return Shown.escaped(place.model(), Shown.CHARS_MAX) + " on " + place.backend();
  }
}
