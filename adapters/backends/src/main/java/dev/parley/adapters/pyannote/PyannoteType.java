package dev.parley.adapters.pyannote;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.OptionalInt;
import java.util.Set;

/** A service with {@code /diarize} and {@code /verify} around pyannote.audio. */
public final class PyannoteType implements BackendType {

  private final HttpTransport transport;

  public PyannoteType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return "pyannote";
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return Set.of(Capability.DIARIZATION, Capability.SPEAKER_VERIFICATION);
  }

  /** One recording takes all of its processor, for minutes. */
  @Override
  public OptionalInt usualConcurrency() {
    return OptionalInt.of(1);
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new PyannoteBackend(transport.open(spec));
  }
}
