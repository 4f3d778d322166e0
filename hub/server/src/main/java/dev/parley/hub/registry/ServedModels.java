package dev.parley.hub.registry;

import dev.parley.core.model.Target;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.BackendModelConfig;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.config.PriceConfig;
import dev.parley.hub.config.RuleConfig;
import dev.parley.hub.config.Strategy;
import dev.parley.hub.config.TargetConfig;
import dev.parley.hub.registry.ServedModel.Route;
import dev.parley.hub.registry.ServedModel.Rule;
import dev.parley.hub.registry.ServedModel.ServedTarget;
import dev.parley.hub.registry.ServedModel.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves every name of a configuration, and every model that a backend brings. */
final class ServedModels {

  private final Map<String, RegisteredBackend> backends;
  private final Map<String, ModelConfig> aliases;
  private final Map<Target, ServedTarget> targets = new LinkedHashMap<>();
  private final Map<String, ServedModel> names = new LinkedHashMap<>();
  private final Map<String, ServedModel> qualified = new HashMap<>();
  private final Map<String, ServedModel> plain = new LinkedHashMap<>();
  private final Set<String> underWay = new LinkedHashSet<>();

  ServedModels(Map<String, RegisteredBackend> backends, List<ModelConfig> aliases) {
    this.backends = backends;
    this.aliases = aliases.stream().collect(Collectors.toMap(ModelConfig::id, Function.identity()));
    backends.values().forEach(this::list);
    Map<String, List<ServedTarget>> byName = new LinkedHashMap<>();
    targets
        .values()
        .forEach(target ->
            byName.computeIfAbsent(target.model().id(), _ -> new ArrayList<>()).add(target));
    byName.forEach((name, replicas) -> plain.put(name, plain(name, operatorsFirst(replicas))));
    Map<String, ServedModel> resolved = new HashMap<>();
    aliases.forEach(alias -> resolve(alias, resolved));
    aliases.forEach(alias -> {
      ServedModel model = resolved.get(alias.id());
      if (model != null) {
        names.put(alias.id(), model);
      }
    });
    plain.forEach(names::putIfAbsent);
  }

  /** All names without a backend in front, aliases first. */
  Map<String, ServedModel> names() {
    return names;
  }

  /** The models of backends as {@code backend/model}. */
  Map<String, ServedModel> qualified() {
    return qualified;
  }

  /** A name that the operator's backends have is not also that of an engine of the hub's own. */
  private static List<ServedTarget> operatorsFirst(List<ServedTarget> replicas) {
    List<ServedTarget> operators =
        replicas.stream().filter(target -> !target.backend().isBuiltIn()).toList();
    return operators.isEmpty() ? replicas : operators;
  }

  private void list(RegisteredBackend backend) {
    for (ModelInfo model : backend.models()) {
      ServedTarget served = served(backend, model);
      if (targets.putIfAbsent(served.target(), served) == null) {
        String name = served.target().toString();
        qualified.put(name, plain(name, List.of(served)));
      }
    }
  }

  private static ServedTarget served(RegisteredBackend backend, ModelInfo model) {
    PriceConfig price =
        backend.config().models().stream()
            .filter(listed -> listed.id().equals(model.id()))
            .findFirst()
            .map(BackendModelConfig::price)
            .orElse(PriceConfig.UNKNOWN);
    return new ServedTarget(backend, model, new Target(backend.id(), model.id()), price);
  }

  private static ServedModel plain(String name, List<ServedTarget> replicas) {
    List<Way> ways = new ArrayList<>();
    replicas.forEach(target -> ways.add(new Way.Direct(target, TargetConfig.WEIGHT_DEFAULT)));
    return new ServedModel(
        name,
        ServedModel.Kind.BACKEND_MODEL,
        ModelFacts.union(name, replicas.stream().map(ServedTarget::model).toList()),
        replicas,
        Optional.empty(),
        new Route(Strategy.PRIORITY, ways),
        List.of());
  }

  /**
   * A way that leads back to a name that is being resolved is cut; a good configuration has none.
   */
  private @Nullable ServedModel resolve(ModelConfig alias, Map<String, ServedModel> resolved) {
    ServedModel known = resolved.get(alias.id());
    if (known != null || !underWay.add(alias.id())) {
      return known;
    }
    Route route = route(alias.strategy(), alias.targets(), resolved);
    List<Rule> rules = new ArrayList<>();
    for (RuleConfig rule : alias.rules()) {
      rules.add(
          new Rule(
              rule.when(),
              RuleWords.of(rules.size() + 1, rule.when()),
              route(rule.strategy().orElse(alias.strategy()), rule.targets(), resolved)));
    }
    Set<ServedTarget> reached = new LinkedHashSet<>();
    reach(route, reached);
    rules.forEach(rule -> reach(rule.route(), reached));
    ServedModel model =
        new ServedModel(
            alias.id(),
            ServedModel.Kind.ALIAS,
            ModelFacts.union(alias.id(), reached.stream().map(ServedTarget::model).toList()),
            List.copyOf(reached),
            Optional.of(alias),
            route,
            rules);
    underWay.remove(alias.id());
    resolved.put(alias.id(), model);
    return model;
  }

  private Route route(
      Strategy strategy, List<TargetConfig> configured, Map<String, ServedModel> resolved) {
    List<Way> ways = new ArrayList<>();
    for (TargetConfig target : configured) {
      Way way =
          switch (target) {
            case TargetConfig.Served served -> direct(served);
            case TargetConfig.Alias other -> through(other, resolved);
          };
      if (way != null) {
        ways.add(way);
      }
    }
    return new Route(strategy, ways);
  }

  private @Nullable Way direct(TargetConfig.Served served) {
    RegisteredBackend backend = backends.get(served.backend());
    if (backend == null) {
      return null;
    }
    // A backend that is not reachable yet may still have the model that an alias names.
    ServedTarget target =
        targets.computeIfAbsent(
            new Target(served.backend(), served.model()),
            _ -> served(backend, unknown(served.model())));
    return new Way.Direct(target, served.weight());
  }

  private @Nullable Way through(TargetConfig.Alias other, Map<String, ServedModel> resolved) {
    ModelConfig alias = aliases.get(other.alias());
    ServedModel model = alias == null ? plain.get(other.alias()) : resolve(alias, resolved);
    return model == null ? null : new Way.Through(model, other.weight());
  }

  private static void reach(Route route, Set<ServedTarget> reached) {
    for (Way way : route.ways()) {
      switch (way) {
        case Way.Direct direct -> reached.add(direct.target());
        case Way.Through through -> reached.addAll(through.model().targets());
      }
    }
  }

  private static ModelInfo unknown(String name) {
    return new ModelInfo(name, "", 0, Set.of(), Set.of(), Set.of(), OptionalInt.empty(), List.of());
  }
}
