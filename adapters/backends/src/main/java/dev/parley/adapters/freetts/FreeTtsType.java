package dev.parley.adapters.freetts;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.OptionalInt;
import java.util.Set;

/** FreeTTS inside this process. The base URL says nothing to it; {@code local:freetts} is usual. */
public final class FreeTtsType implements BackendType {

  /** The name of the type, and of the one model that it has. */
  public static final String NAME = "freetts";

  /** Texts that are worked on at a time: each takes a core. */
  static final int THREADS = 2;

  private final HttpTransport transport;

  public FreeTtsType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return Set.of(Capability.TTS);
  }

  @Override
  public OptionalInt usualConcurrency() {
    return OptionalInt.of(THREADS);
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new FreeTtsBackend(spec, transport::loop);
  }
}
