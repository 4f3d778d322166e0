package dev.parley.hub.routing;

import dev.parley.core.model.Target;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.ServedModel;
import java.util.List;

/**
 * The targets of a call, best first, and why each was taken or passed over.
 *
 * @param model the name that was asked for
 * @param policy what the operator wants of calls by that name
 * @param chosen where to go, in order; never empty, each target once, those that are ready first
 * @param passedOver where not, with the reason
 */
public record Plan(
    ServedModel model, Policy policy, List<Step> chosen, List<Rejection> passedOver) {

  public Plan {
    chosen = List.copyOf(chosen);
    passedOver = List.copyOf(passedOver);
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("a plan needs a target");
    }
  }

  /** When a target's turn comes. */
  public enum Role {
    /** Calls are welcome there. */
    READY,
    /** Left alone now; only after all others. */
    LAST_RESORT;

    /** As plans for people spell it. */
    public String wireName() {
      return switch (this) {
        case READY -> "ready";
        case LAST_RESORT -> "last_resort";
      };
    }
  }

  /** A target that can serve the call. */
  public record Step(
      RegisteredBackend backend, ModelInfo model, Target target, Role role, String reason) {}

  /** A target that cannot. */
  public record Rejection(Target target, String reason) {}
}
