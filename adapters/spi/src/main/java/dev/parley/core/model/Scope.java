package dev.parley.core.model;

import java.util.List;
import java.util.Set;

/**
 * What a caller's key may be used for. An empty set allows everything of its kind.
 *
 * @param models names that calls may use; one that ends with {@code *} stands for all that begin so
 * @param capabilities what may be asked for
 * @param backends ids of those that may serve
 * @param pinning whether calls may choose their backend themselves
 */
public record Scope(
    List<String> models, Set<Capability> capabilities, Set<String> backends, Pinning pinning) {

  /** Whether calls may choose their backend. */
  public enum Pinning {
    ALLOWED,
    REFUSED
  }

  /** No restriction. */
  public static final Scope EVERYTHING = new Scope(List.of(), Set.of(), Set.of(), Pinning.ALLOWED);

  public Scope {
    models = List.copyOf(models);
    capabilities = Set.copyOf(capabilities);
    backends = Set.copyOf(backends);
  }

  public boolean allowsModel(String name) {
    if (models.isEmpty()) {
      return true;
    }
    for (String allowed : models) {
      boolean fits =
          allowed.endsWith("*")
              ? name.startsWith(allowed.substring(0, allowed.length() - 1))
              : name.equals(allowed);
      if (fits) {
        return true;
      }
    }
    return false;
  }

  public boolean allows(Capability capability) {
    return capabilities.isEmpty() || capabilities.contains(capability);
  }

  public boolean allowsBackend(String id) {
    return backends.isEmpty() || backends.contains(id);
  }
}
