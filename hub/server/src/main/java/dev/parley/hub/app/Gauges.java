package dev.parley.hub.app;

import dev.parley.core.model.Target;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.time.Clock;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.BackendGauge;
import dev.parley.hub.telemetry.TargetGauge;
import java.util.List;
import java.util.Locale;

/** Shows the registry to whoever scrapes. */
final class Gauges {

  private Gauges() {}

  static List<BackendGauge> backends(Registry registry) {
    return registry.snapshot().backends().stream().map(Gauges::of).toList();
  }

  /** Every model that a backend is known to serve. */
  static List<TargetGauge> targets(Registry registry, Clock clock) {
    long now = clock.nanoTime();
    return registry.snapshot().backends().stream()
        .flatMap(backend -> backend.models().stream().map(model -> target(backend, model, now)))
        .toList();
  }

  private static TargetGauge target(RegisteredBackend backend, ModelInfo model, long now) {
    return new TargetGauge(
        new Target(backend.id(), model.id()),
        backend.vitals(model.id(), now).breaker().name().toLowerCase(Locale.ROOT));
  }

  private static BackendGauge of(RegisteredBackend backend) {
    return new BackendGauge(
        backend.id(),
        backend.bulkhead().running(),
        backend.bulkhead().queued(),
        backend.isUsable());
  }
}
