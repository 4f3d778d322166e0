package dev.parley.hub.app;

import dev.parley.hub.config.OtlpConfig;
import dev.parley.hub.config.Secret;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.otlp.Collector;
import dev.parley.hub.telemetry.otlp.OtlpExport;
import dev.parley.hub.telemetry.otlp.Server;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Sends traces and metrics where the configuration says. */
final class Export {

  private static final Server UNKNOWN = new Server("unknown", "", 0);

  private Export() {}

  static OtlpExport to(OtlpConfig config, Registry registry) {
    Map<String, String> headers = new HashMap<>();
    config.headers().forEach((String name, Secret value) -> headers.put(name, value.value()));
    return new OtlpExport(
        Collector.at(config.endpoint().toString(), headers),
        Version.text(),
        id -> server(registry, id));
  }

  /** What went in the meantime is not known any more. */
  private static Server server(Registry registry, String id) {
    for (RegisteredBackend backend : registry.snapshot().backends()) {
      if (backend.id().equals(id)) {
        return of(backend);
      }
    }
    return UNKNOWN;
  }

  private static Server of(RegisteredBackend backend) {
    URI url = backend.config().baseUrl();
    String host = url.getHost();
    if (host == null) {
      return new Server(backend.config().type(), "", 0);
    }
    int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    return new Server(backend.config().type(), host, url.getPort() == -1 ? usual : url.getPort());
  }
}
