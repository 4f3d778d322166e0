package dev.parley.hub.speech;

import dev.parley.core.model.Target;
import dev.parley.core.model.Traits;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.routing.HealthView;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.routing.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where an order may go: what the operator's names say, and the engines of last resort. */
final class SpeechTargets {

  private SpeechTargets() {}

  /**
   * Best first; fails as any call does that cannot be planned: nobody stands in for a model that
   * cannot speak, or not so. Pure.
   */
  static List<Plan.Step> steps(
      Traits traits, RegistrySnapshot registry, HealthView health, double lot) {
    List<Plan.Step> steps = new ArrayList<>(Router.plan(traits, registry, health, lot).chosen());
    Set<Target> there = steps.stream().map(Plan.Step::target).collect(Collectors.toSet());
    for (RegisteredBackend engine : registry.lastResorts()) {
      for (var model : engine.models()) {
        Target target = new Target(engine.id(), model.id());
        boolean wanted =
            traits.caller().scope().allowsBackend(engine.id())
                && (traits.caller().backend().isEmpty()
                    || traits.caller().backend().equals(engine.id()));
        if (wanted && !there.contains(target) && engine.isUsable()) {
          steps.add(
              new Plan.Step(
                  engine, model, target, Plan.Role.LAST_RESORT, "an engine of the hub's own"));
        }
      }
    }
    return steps;
  }
}
