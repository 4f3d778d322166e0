package dev.parley.adapters.chatterbox;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.OptionalInt;
import java.util.Set;

/** Chatterbox-TTS-Server. */
public final class ChatterboxType implements BackendType {

  private final HttpTransport transport;

  public ChatterboxType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return "chatterbox";
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return Set.of(Capability.TTS, Capability.VOICE_CLONE);
  }

  /** It works on one text, and meanwhile answers nothing at all. */
  @Override
  public OptionalInt usualConcurrency() {
    return OptionalInt.of(1);
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new ChatterboxBackend(transport.open(spec));
  }
}
