package dev.parley.adapters.fasterwhisper;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.OptionalInt;
import java.util.Set;

/** The service around faster-whisper that has {@code /transcribe}; speaches is another. */
public final class FasterWhisperType implements BackendType {

  private final HttpTransport transport;

  public FasterWhisperType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return "faster-whisper";
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return Set.of(Capability.STT);
  }

  /** A lock around its model lets one call in at a time. */
  @Override
  public OptionalInt usualConcurrency() {
    return OptionalInt.of(1);
  }

  @Override
  public Backend open(BackendSpec spec) {
    return new FasterWhisperBackend(transport.open(spec));
  }
}
