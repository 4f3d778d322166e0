package dev.parley.adapters.voicebox;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.OptionalInt;
import java.util.Set;

/** A server that follows Voicebox's specification of an external provider. */
public final class ProviderType implements BackendType {

  private final HttpTransport transport;

  public ProviderType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return "voicebox-provider";
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return Set.of(Capability.TTS, Capability.VOICE_CLONE, Capability.STT);
  }

  @Override
  public OptionalInt usualConcurrency() {
    return OptionalInt.of(1);
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new ProviderBackend(transport.open(spec));
  }
}
