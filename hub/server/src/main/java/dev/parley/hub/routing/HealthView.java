package dev.parley.hub.routing;

import dev.parley.core.model.Target;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.resilience.Vitals;

/** Tells how a target is now. Asked once per target and plan, on the thread that plans. */
@FunctionalInterface
public interface HealthView {

  Vitals of(RegisteredBackend backend, Target target);
}
