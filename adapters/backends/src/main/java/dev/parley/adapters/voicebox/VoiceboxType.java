package dev.parley.adapters.voicebox;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.OptionalInt;
import java.util.Set;

/** Voicebox itself, by its own HTTP API. */
public final class VoiceboxType implements BackendType {

  private final HttpTransport transport;

  public VoiceboxType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return "voicebox";
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return Set.of(Capability.TTS, Capability.VOICE_CLONE, Capability.STT);
  }

  /** It is a program for one person's computer. */
  @Override
  public OptionalInt usualConcurrency() {
    return OptionalInt.of(1);
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new VoiceboxBackend(transport.open(spec));
  }
}
