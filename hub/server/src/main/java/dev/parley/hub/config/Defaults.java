package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Which model answers when a caller names none, per capability. */
public record Defaults(Map<Capability, String> models) {

  public static final Defaults NONE = new Defaults(Map.of());

  public Defaults {
    EnumMap<Capability, String> copy = new EnumMap<>(Capability.class);
    copy.putAll(models);
    copy.values().forEach(Names::requireModel);
    models = Collections.unmodifiableMap(copy);
  }

  /** The default model of a capability; empty when none is configured. */
  public Optional<String> model(Capability capability) {
    return Optional.ofNullable(models.get(capability));
  }
}
