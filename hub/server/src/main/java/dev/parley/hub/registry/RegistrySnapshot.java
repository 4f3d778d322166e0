package dev.parley.hub.registry;

import dev.parley.core.model.Capability;
import dev.parley.core.model.NearestName;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.config.TargetConfig;
import dev.parley.hub.registry.ServedModel.ServedTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Everything that can be called at one moment. Immutable but for the health of its backends, which
 * is always the newest.
 */
public final class RegistrySnapshot {

  private final HubConfig config;
  private final Map<String, RegisteredBackend> backends;
  private final Map<String, ServedModel> models;

  RegistrySnapshot(HubConfig config, List<RegisteredBackend> inOrder) {
    this.config = config;
    this.backends = new LinkedHashMap<>();
    inOrder.forEach(backend -> backends.put(backend.id(), backend));
    this.models = new LinkedHashMap<>();
    config.models().forEach(alias -> models.put(alias.id(), alias(alias)));
    addBackendModels(inOrder);
  }

  private void addBackendModels(List<RegisteredBackend> inOrder) {
    Map<String, List<ServedTarget>> byName = new LinkedHashMap<>();
    for (RegisteredBackend backend : inOrder) {
      for (ModelInfo model : backend.models()) {
        byName
            .computeIfAbsent(model.id(), _ -> new ArrayList<>())
            .add(new ServedTarget(backend, model));
      }
    }
    byName.forEach((name, targets) -> {
      if (!models.containsKey(name)) {
        models.put(name, served(name, ServedModel.Kind.BACKEND_MODEL, targets));
      }
    });
  }

  private ServedModel alias(ModelConfig alias) {
    List<ServedTarget> targets = new ArrayList<>();
    for (TargetConfig target : alias.targets()) {
      if (target instanceof TargetConfig.Served served) {
        RegisteredBackend backend = backends.get(served.backend());
        if (backend != null) {
          targets.add(new ServedTarget(backend, modelOf(backend, served.model())));
        }
      }
    }
    return served(alias.id(), ServedModel.Kind.ALIAS, targets);
  }

  /** A backend that is not reachable yet may still have the model that an alias names. */
  private static ModelInfo modelOf(RegisteredBackend backend, String name) {
    return backend.models().stream()
        .filter(model -> model.id().equals(name))
        .findFirst()
        .orElseGet(() -> unknown(name));
  }

  private static ModelInfo unknown(String name) {
    return new ModelInfo(name, "", 0, Set.of(), Set.of(), Set.of(), OptionalInt.empty(), List.of());
  }

  private static ServedModel served(
      String name, ServedModel.Kind kind, List<ServedTarget> targets) {
    ModelInfo info = ModelFacts.union(name, targets.stream().map(ServedTarget::model).toList());
    return new ServedModel(name, kind, info, targets);
  }

  /** All backends, in the operator's order. */
  public List<RegisteredBackend> backends() {
    return List.copyOf(backends.values());
  }

  /** All names, aliases first. */
  public List<ServedModel> models() {
    return List.copyOf(models.values());
  }

  /** The model of a name: an alias, a backend's model, or {@code backend/model} to name both. */
  public Optional<ServedModel> find(String name) {
    ServedModel known = models.get(name);
    return known != null ? Optional.of(known) : qualified(name);
  }

  private Optional<ServedModel> qualified(String name) {
    int slash = name.indexOf('/');
    RegisteredBackend backend = slash < 1 ? null : backends.get(name.substring(0, slash));
    if (backend == null) {
      return Optional.empty();
    }
    String model = name.substring(slash + 1);
    return backend.models().stream()
        .filter(info -> info.id().equals(model))
        .findFirst()
        .map(info ->
            served(name, ServedModel.Kind.BACKEND_MODEL, List.of(new ServedTarget(backend, info))));
  }

  /** The model that serves calls of this kind when the caller names none. */
  public Optional<String> defaultModel(Capability capability) {
    return config.defaults().model(capability);
  }

  /** All names as callers list them. */
  public List<CatalogModel> catalog() {
    return models.values().stream().map(CatalogModels::of).toList();
  }

  /** The known name that is closest to a mistyped one. */
  public Optional<String> nearest(String name) {
    return NearestName.of(name, models.keySet());
  }

  /** Backends of which nobody knows yet what they serve. */
  public List<RegisteredBackend> uncharted() {
    return backends.values().stream().filter(RegisteredBackend::isUncharted).toList();
  }
}
