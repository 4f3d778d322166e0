package dev.parley.hub.edge.grpc;

import dev.parley.core.error.HubError;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import org.jspecify.annotations.Nullable;

/** What {@code grpc.health.v1.Health} answers. Thread-safe; watchers hear of changes. */
public final class HealthStatuses {

  private final HealthStatusManager manager = new HealthStatusManager();
  private volatile @Nullable HubError drained;

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

  /** Everything is NOT_SERVING from now on, whatever is set later, and new calls fail with this. */
  public void drain(HubError reason) {
    drained = reason;
    manager.enterTerminalState();
  }

  /** What new calls fail with; null while there is no such reason. */
  @Nullable HubError drained() {
    return drained;
  }

  BindableService bindable() {
    return manager.getHealthService();
  }

  private static ServingStatus status(boolean serving) {
    return serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }
}
