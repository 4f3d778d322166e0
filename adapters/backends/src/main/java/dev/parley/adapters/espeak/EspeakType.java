package dev.parley.adapters.espeak;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The program espeak-ng on this machine. The base URL says nothing to it; {@code local:espeak-ng}
 * is usual.
 */
public final class EspeakType implements BackendType {

  /** The name of the type, of the program, and of the one model that it has. */
  public static final String NAME = "espeak-ng";

  private static final int CONCURRENCY = 2;

  private final HttpTransport transport;

  public EspeakType(HttpTransport transport) {
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
    return OptionalInt.of(CONCURRENCY);
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new EspeakBackend(spec, transport::loop, Program.onPath());
  }
}
