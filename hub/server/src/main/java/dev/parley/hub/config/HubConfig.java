package dev.parley.hub.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A whole configuration; one that exists is consistent: ids are unique and every target's backend
 * is there, and what a name leads to ends at backends. Immutable. Compare the parts, not the whole,
 * to see what a change means: {@code origins} also changes when lines only move.
 */
public record HubConfig(
    OwnConfig own,
    List<BackendConfig> backends,
    List<ModelConfig> models,
    Defaults defaults,
    Origins origins) {

  /** Nothing configured. */
  public static final HubConfig EMPTY =
      new HubConfig(OwnConfig.DEFAULT, List.of(), List.of(), Defaults.NONE, Origins.NONE);

  public HubConfig {
    backends = List.copyOf(backends);
    models = List.copyOf(models);
    Set<String> ids = backends.stream().map(BackendConfig::id).collect(Collectors.toSet());
    if (ids.size() != backends.size()) {
      throw new IllegalArgumentException("two backends have the same id");
    }
    if (models.stream().map(ModelConfig::id).distinct().count() != models.size()) {
      throw new IllegalArgumentException("two models have the same id");
    }
    models.stream()
        .flatMap(model -> model.allTargets().stream())
        .forEach(target -> {
          if (target instanceof TargetConfig.Served served && !ids.contains(served.backend())) {
            throw new IllegalArgumentException("no such backend: " + served.backend());
          }
        });
    Aliases aliases = new Aliases(backends, models);
    aliases.unknown().stream()
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException("no such name: " + name);
        });
    aliases.faults().stream()
        .findFirst()
        .ifPresent(fault -> {
          throw new IllegalArgumentException("aliases without end: " + fault.path());
        });
  }

  /** Where the hub listens and how much it takes from one caller. */
  public ServerConfig server() {
    return own.server();
  }
}
