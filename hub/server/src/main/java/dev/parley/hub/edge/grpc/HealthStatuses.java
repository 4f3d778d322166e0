package dev.parley.hub.edge.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;

/** What {@code grpc.health.v1.Health} answers. Thread-safe; watchers hear of changes. */
public final class HealthStatuses {

  private final HealthStatusManager manager = new HealthStatusManager();

  /** The hub as a whole, the service of the empty name. */
  public void hub(boolean serving) {
    manager.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status(serving));
  }

  /** A service by its full name, such as {@code parley.v1.ChatService}. */
  public void service(String fullName, boolean serving) {
    manager.setStatus(fullName, status(serving));
  }

  /** A backend, known to callers as {@code backends/{id}}. */
  public void backend(String id, boolean serving) {
    manager.setStatus("backends/" + id, status(serving));
  }

  /** Forgets a backend that is no longer configured. */
  public void removeBackend(String id) {
    manager.clearStatus("backends/" + id);
  }

  /** Everything is NOT_SERVING from now on, whatever is set later. */
  public void drain() {
    manager.enterTerminalState();
  }

  BindableService bindable() {
    return manager.getHealthService();
  }

  private static ServingStatus status(boolean serving) {
    return serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }
}
