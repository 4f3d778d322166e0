package dev.parley.hub.routing;

import dev.parley.core.model.Target;
import dev.parley.hub.registry.ServedModel.ServedTarget;
import dev.parley.hub.resilience.Vitals;

/**
 * A target that can serve the call, on its way into the plan.
 *
 * @param reason why it stands where it stands
 * @param dosing whether its share of the calls is already taken care of
 */
record Candidate(ServedTarget served, Vitals vitals, String reason, Dosing dosing) {

  /** Who sees to it that a target that recovers gets its share of the calls and no more. */
  enum Dosing {
    /** The plan's end: it steps back for the rest of the calls. */
    OPEN,
    /** The lot that put it where it is. */
    DONE
  }

  static Candidate of(ServedTarget served, Vitals vitals) {
    return new Candidate(served, vitals, "", Dosing.OPEN);
  }

  Target target() {
    return served.target();
  }

  Candidate because(String why) {
    return new Candidate(served, vitals, why, dosing);
  }

  Candidate dosed() {
    return new Candidate(served, vitals, reason, Dosing.DONE);
  }

  /** Gets fewer calls than its order would give it. */
  boolean recovers() {
    return vitals.breaker() == Vitals.Breaker.RECOVERING && vitals.share() < 1;
  }

  double failureRate() {
    return vitals.calls() <= 0 ? 0 : (double) vitals.failures() / vitals.calls();
  }
}
