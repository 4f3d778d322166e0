package dev.parley.hub.routing;

import dev.parley.core.model.Target;
import dev.parley.hub.registry.RegisteredBackend;
import java.util.List;

/**
 * The targets of a call, best first, and why each was taken or passed over.
 *
 * @param chosen where to go, in order; never empty
 * @param passedOver where not, with the reason
 */
public record Plan(List<Step> chosen, List<Rejection> passedOver) {

  public Plan {
    chosen = List.copyOf(chosen);
    passedOver = List.copyOf(passedOver);
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("a plan needs a target");
    }
  }

  /** A target that can serve the call. */
  public record Step(RegisteredBackend backend, Target target, String reason) {}

  /** A target that cannot. */
  public record Rejection(Target target, String reason) {}
}
