package dev.parley.hub.edge.health;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.spi.BackendStatus;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.StatusWords;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code /health}, {@code /healthz} and {@code /readyz}. */
public final class HealthRoutes {

  private final Registry registry;
  private final BooleanSupplier accepting;

  /**
   * @param accepting false once the hub has begun to stop
   */
  public HealthRoutes(Registry registry, BooleanSupplier accepting) {
    this.registry = registry;
    this.accepting = accepting;
  }

  /** Every backend with its state; always 200, as the hub that answers is alive. */
  public HttpService health() {
    return (_, _) -> json(HttpStatus.OK, summary());
  }

  /** Whether the process lives. */
  public HttpService live() {
    return (_, _) -> json(HttpStatus.OK, status("ok"));
  }

  /** Whether to send calls here: not while stopping. Backends that are down do not count. */
  public HttpService ready() {
    return (_, _) ->
        accepting.getAsBoolean()
            ? json(HttpStatus.OK, status("ready"))
            : json(HttpStatus.SERVICE_UNAVAILABLE, status("stopping"));
  }

  private byte[] summary() {
    List<RegisteredBackend> backends = registry.snapshot().backends();
    boolean healthy = backends.stream().allMatch(HealthRoutes::isHealthy);
    JsonWriter json = new JsonWriter(256).beginObject();
    json.member("status", healthy ? "healthy" : "degraded").name("backends").beginObject();
    for (RegisteredBackend backend : backends) {
      json.name(backend.id()).beginObject();
      json.member("status", StatusWords.of(backend.status()));
      json.member("type", backend.config().type());
      json.member("detail", backend.status().map(BackendStatus::detail).orElse("not asked yet"));
      json.member("in_flight", backend.bulkhead().running());
      json.member("queued", backend.bulkhead().queued());
      json.endObject();
    }
    return json.endObject().endObject().toBytes();
  }

  private static boolean isHealthy(RegisteredBackend backend) {
    return backend.status().filter(BackendStatus.Healthy.class::isInstance).isPresent();
  }

  private static byte[] status(String word) {
    return new JsonWriter(32).beginObject().member("status", word).endObject().toBytes();
  }

  private static HttpResponse json(HttpStatus status, byte[] body) {
    return HttpResponse.of(status, MediaType.JSON, HttpData.wrap(body));
  }
}
