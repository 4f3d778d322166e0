package dev.parley.hub.registry;

import dev.parley.core.model.Capability;
import dev.parley.core.model.NearestName;
import dev.parley.hub.config.HubConfig;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be called at one moment. Immutable but for the health of its backends, which
 * is always the newest.
 */
public final class RegistrySnapshot {

  /** Whose models are so alike that any will do where nobody says which. */
  private static final Set<Capability> FIRST_SERVES =
      EnumSet.of(
          Capability.TTS, Capability.STT, Capability.DIARIZATION, Capability.SPEAKER_VERIFICATION);

  private final HubConfig config;
  private final Map<String, RegisteredBackend> backends;
  private final Map<String, ServedModel> models;
  private final Map<String, ServedModel> qualified;

  RegistrySnapshot(HubConfig config, List<RegisteredBackend> inOrder) {
    this.config = config;
    this.backends = new LinkedHashMap<>();
    inOrder.forEach(backend -> backends.put(backend.id(), backend));
    ServedModels served = new ServedModels(backends, config.models());
    this.models = served.names();
    this.qualified = served.qualified();
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
    return Optional.ofNullable(known != null ? known : qualified.get(name));
  }

  /** The model of a name, or without one the one that serves such calls then. */
  public Optional<ServedModel> named(String name, Capability capability) {
    return name.isEmpty() ? defaultModel(capability).flatMap(this::find) : find(name);
  }

  /** The backend of an id. */
  public Optional<RegisteredBackend> backend(String id) {
    return Optional.ofNullable(backends.get(id));
  }

  /**
   * The model that serves calls of this kind when the caller names none: the operator's word, for
   * speech and speakers else the first that can.
   */
  public Optional<String> defaultModel(Capability capability) {
    Optional<String> said = config.defaults().model(capability);
    return said.isPresent() || !FIRST_SERVES.contains(capability) ? said : first(capability);
  }

  /** Engines of the hub's own come last, as their backends do. */
  private Optional<String> first(Capability capability) {
    return models.values().stream()
        .filter(model -> model.info().capabilities().contains(capability))
        .map(ServedModel::name)
        .findFirst();
  }

  /** The hub's own speech engines, where they are to speak when no other backend can. */
  public List<RegisteredBackend> lastResorts() {
    return switch (config.own().local().speech()) {
      case LAST_RESORT -> backends.values().stream().filter(RegisteredBackend::isBuiltIn).toList();
      case LISTED, OFF -> List.of();
    };
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
