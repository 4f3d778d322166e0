package dev.parley.adapters.ollama;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.Set;

/** Ollama by its native API; a base URL with {@code /v1} means the same server. */
public final class OllamaType implements BackendType {

  private final HttpTransport transport;

  public OllamaType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return "ollama";
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return Set.of(Capability.CHAT, Capability.EMBEDDING);
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new OllamaBackend(transport.open(spec));
  }
}
