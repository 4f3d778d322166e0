package dev.parley.hub.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the names of a configuration lead. A target's alias is one of its names or a model that a
 * backend lists, which then means every backend that lists it; of the two the name comes first.
 */
final class Aliases {

  private final Map<String, BackendConfig> backends = new LinkedHashMap<>();
  private final Map<String, ModelConfig> models = new LinkedHashMap<>();
  private final Map<String, Set<TargetConfig.Served>> listed = new HashMap<>();
  private final Map<String, Set<TargetConfig.Served>> reached = new HashMap<>();

  Aliases(List<BackendConfig> backends, List<ModelConfig> models) {
    models.forEach(model -> this.models.put(model.id(), model));
    for (BackendConfig backend : backends) {
      this.backends.put(backend.id(), backend);
      for (BackendModelConfig model : backend.models()) {
        listed
            .computeIfAbsent(model.id(), _ -> new LinkedHashSet<>())
            .add(served(backend.id(), model.id()));
      }
    }
  }

  /** The names that targets refer to and nothing has. */
  List<String> unknown() {
    return models.values().stream()
        .flatMap(Aliases::steps)
        .filter(name -> !models.containsKey(name) && !listed.containsKey(name))
        .distinct()
        .toList();
  }

  /** What keeps names from leading to backends. */
  List<AliasFault> faults() {
    Map<String, List<String>> steps = new LinkedHashMap<>();
    models.forEach((name, model) -> steps.put(name, steps(model).toList()));
    return AliasFault.find(steps);
  }

  private static Stream<String> steps(ModelConfig model) {
    return model.allTargets().stream()
        .flatMap(target ->
            target instanceof TargetConfig.Alias(String alias, _)
                ? Stream.of(alias)
                : Stream.empty());
  }

  /** The models on backends that these targets may lead to in the end; their weights are lost. */
  Set<TargetConfig.Served> reach(Collection<TargetConfig> targets) {
    Set<TargetConfig.Served> places = new LinkedHashSet<>();
    for (TargetConfig target : targets) {
      switch (target) {
        case TargetConfig.Served(String backend, String model, _) ->
            places.add(served(backend, model));
        case TargetConfig.Alias(String alias, _) -> places.addAll(reach(alias));
      }
    }
    return places;
  }

  private Set<TargetConfig.Served> reach(String name) {
    Set<TargetConfig.Served> known = reached.get(name);
    if (known != null) {
      return known;
    }
    // Ends the walk in a loop, which is reported elsewhere.
    reached.put(name, Set.of());
    ModelConfig model = models.get(name);
    Set<TargetConfig.Served> places = model == null ? serving(name) : reach(model.allTargets());
    reached.put(name, places);
    return places;
  }

  /** A backend that is to be asked for its models may have this one, too. */
  private Set<TargetConfig.Served> serving(String model) {
    Set<TargetConfig.Served> places = new LinkedHashSet<>(listed.getOrDefault(model, Set.of()));
    backends.values().stream()
        .filter(backend -> backend.models().isEmpty())
        .forEach(backend -> places.add(served(backend.id(), model)));
    return places;
  }

  /** Whether the operator marked its backend as local. */
  boolean isLocal(TargetConfig.Served place) {
    BackendConfig backend = backends.get(place.backend());
    return backend != null && backend.local();
  }

  /** What the operator said of the model; empty when its backend is to be asked. */
  Optional<BackendModelConfig> listed(TargetConfig.Served place) {
    return Optional.ofNullable(backends.get(place.backend())).stream()
        .flatMap(backend -> backend.models().stream())
        .filter(model -> model.id().equals(place.model()))
        .findFirst();
  }

  private static TargetConfig.Served served(String backend, String model) {
    return new TargetConfig.Served(backend, model, TargetConfig.WEIGHT_DEFAULT);
  }
}
