package dev.parley.adapters.tei;

import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.Set;

/** Text Embeddings Inference: one model, embeddings only. */
public final class TeiType implements BackendType {

  static final Quirks QUIRKS =
      Quirks.none("tei").withDefaults(Set.of(Capability.EMBEDDING)).withHealth("/health");

  private final HttpTransport transport;

  public TeiType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return QUIRKS.type();
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return QUIRKS.defaults();
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new TeiBackend(transport.open(spec));
  }
}
