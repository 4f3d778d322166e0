package dev.parley.hub.fake;

import dev.parley.core.model.Capability;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A kind of backend that exists only in tests; remembers what it opened. */
public final class FakeType implements BackendType {

  private final String name;
  private final Map<String, FakeBackend> latest = new ConcurrentHashMap<>();
  private final List<FakeBackend> opened = new ArrayList<>();

  public FakeType(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> defaultCapabilities() {
    return Set.of(Capability.CHAT);
  }

  @Override
  public FakeBackend open(BackendSpec spec) {
    FakeBackend backend = new FakeBackend(spec);
    latest.put(spec.id(), backend);
    opened.add(backend);
    return backend;
  }

  /** The backend that was opened last under that id. */
  public FakeBackend backend(String id) {
    FakeBackend backend = latest.get(id);
    if (backend == null) {
      throw new AssertionError("never opened: " + id);
    }
    return backend;
  }

  /** All that were opened, in order. */
  public List<FakeBackend> opened() {
    return List.copyOf(opened);
  }
}
