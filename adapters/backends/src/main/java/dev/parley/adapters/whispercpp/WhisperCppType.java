package dev.parley.adapters.whispercpp;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.OptionalInt;
import java.util.Set;

/**
 * whisper.cpp's server. A base URL with a path is the address of inference itself, as the server's
 * operator chooses that path; without one it is {@code /inference}.
 */
public final class WhisperCppType implements BackendType {

  private final HttpTransport transport;

  public WhisperCppType(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public String name() {
    return "whisper-cpp";
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
    Address address = Address.of(spec.baseUrl());
    return new WhisperCppBackend(spec, address, transport.open(address.of(spec)));
  }
}
