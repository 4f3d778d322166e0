package dev.parley.hub.registry;

import dev.parley.core.spi.ModelInfo;
import java.util.List;

/**
 * A name that callers can use.
 *
 * @param name the name
 * @param kind whether the operator made the name or a backend brought it
 * @param info what is known of the model behind it
 * @param targets where it is served, in the operator's order
 */
public record ServedModel(String name, Kind kind, ModelInfo info, List<ServedTarget> targets) {

  /** Where a name comes from. */
  public enum Kind {
    ALIAS,
    BACKEND_MODEL
  }

  public ServedModel {
    targets = List.copyOf(targets);
  }

  /** A model on one backend, with what that backend can do with it. */
  public record ServedTarget(RegisteredBackend backend, ModelInfo model) {}
}
