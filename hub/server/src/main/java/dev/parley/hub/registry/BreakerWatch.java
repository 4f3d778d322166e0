package dev.parley.hub.registry;

import dev.parley.core.model.Target;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.resilience.Vitals;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator which targets are left alone because they fail, and when they are trusted
 * again. Looks now and then, so what lasts for less than that goes unsaid; the figures have it. For
 * one thread at a time.
 */
final class BreakerWatch {

  private static final Logger log = LoggerFactory.getLogger(BreakerWatch.class);

  /** Targets that are not trusted, as far as was told. */
  private Map<Target, Vitals.Breaker> told = Map.of();

  void look(RegistrySnapshot snapshot, long nowNanos) {
    Map<Target, Vitals.Breaker> next = new HashMap<>();
    for (RegisteredBackend backend : snapshot.backends()) {
      for (ModelInfo model : backend.models()) {
        Target target = new Target(backend.id(), model.id());
        Vitals vitals = backend.vitals(model.id(), nowNanos);
        if (vitals.breaker() != Vitals.Breaker.CLOSED) {
          next.put(target, vitals.breaker());
        }
        tell(target, vitals);
      }
    }
    told = next;
  }

  private void tell(Target target, Vitals vitals) {
    boolean trusted = vitals.breaker() == Vitals.Breaker.CLOSED;
    if (!trusted && !told.containsKey(target)) {
      log.warn(
          "target {} fails and is left alone: {} of its last {} calls failed",
          target,
          vitals.failures(),
          vitals.calls());
    } else if (trusted && told.containsKey(target)) {
      log.info("target {} works again", target);
    }
  }
}
