package dev.parley.hub.app;

import dev.parley.hub.edge.grpc.HealthStatuses;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.proto.v1.ChatServiceGrpc;
import dev.parley.proto.v1.ModelServiceGrpc;
import java.util.HashSet;
import java.util.Set;

/** Keeps the gRPC health service in step with the registry. */
final class BackendHealth {

  private final HealthStatuses statuses;
  private Set<String> known = Set.of();

  private BackendHealth(HealthStatuses statuses) {
    this.statuses = statuses;
  }

  static void mirror(Registry registry, HealthStatuses statuses) {
    statuses.hub(true);
    statuses.service(ChatServiceGrpc.SERVICE_NAME, true);
    statuses.service(ModelServiceGrpc.SERVICE_NAME, true);
    BackendHealth mirror = new BackendHealth(statuses);
    mirror.update(registry.snapshot());
    registry.onChange(mirror::update);
  }

  private synchronized void update(RegistrySnapshot snapshot) {
    Set<String> now = new HashSet<>();
    for (RegisteredBackend backend : snapshot.backends()) {
      statuses.backend(backend.id(), backend.isUsable());
      now.add(backend.id());
    }
    known.stream().filter(id -> !now.contains(id)).forEach(statuses::removeBackend);
    known = now;
  }
}
