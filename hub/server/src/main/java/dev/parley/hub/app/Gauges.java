package dev.parley.hub.app;

import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.BackendGauge;
import java.util.List;

/** Shows the registry to whoever scrapes. */
final class Gauges {

  private Gauges() {}

  static List<BackendGauge> backends(Registry registry) {
    return registry.snapshot().backends().stream().map(Gauges::of).toList();
  }

  private static BackendGauge of(RegisteredBackend backend) {
    return new BackendGauge(
        backend.id(),
        backend.bulkhead().running(),
        backend.bulkhead().queued(),
        backend.isUsable());
  }
}
