package dev.parley.hub.registry;

import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.BackendType;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.HubConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens, watches and closes backends. A new configuration is taken as a whole: what did not change
 * stays open, what is gone closes when its last call has ended. A backend that changed but for its
 * address is opened anew and stays known: its permits, breakers, health and listing go on.
 * Thread-safe; readers never wait.
 */
public final class Registry implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Registry.class);

  private final Map<String, BackendType> types = new LinkedHashMap<>();
  private final List<String> builtIn;
  private final List<Consumer<RegistrySnapshot>> listeners = new CopyOnWriteArrayList<>();
  private volatile RegistrySnapshot snapshot = new RegistrySnapshot(HubConfig.EMPTY, List.of());
  private HubConfig config = HubConfig.EMPTY;
  private Map<String, RegisteredBackend> open = Map.of();

  public Registry(List<BackendType> types) {
    this(types, List.of());
  }

  /**
   * @param builtIn names of the types of which the hub brings a backend itself, in order
   */
  public Registry(List<BackendType> types, List<String> builtIn) {
    this.builtIn = List.copyOf(builtIn);
    types.forEach(type -> this.types.put(type.name(), type));
  }

  /** What can be called now. */
  public RegistrySnapshot snapshot() {
    return snapshot;
  }

  /** Tells {@code listener} of every new snapshot, and of changes of health, until the end. */
  public void onChange(Consumer<RegistrySnapshot> listener) {
    listeners.add(listener);
  }

  /** Makes {@code next} the configuration in effect; if that fails, everything stays as it was. */
  public synchronized void apply(HubConfig next) {
    Map<String, RegisteredBackend> before = open;
    Map<String, RegisteredBackend> after = new LinkedHashMap<>();
    try {
      for (BackendConfig wanted : next.backends()) {
        after.put(wanted.id(), keptOrOpened(before.get(wanted.id()), wanted, next, false));
      }
      for (BackendConfig engine : BuiltIn.of(next, builtIn)) {
        after.put(engine.id(), keptOrOpened(before.get(engine.id()), engine, next, true));
      }
    } catch (RuntimeException e) {
      closeAllBut(before, after);
      throw e;
    }
    after.values().forEach(RegisteredBackend::takeOver);
    open = after;
    config = next;
    publish();
    closeAllBut(after, before);
  }

  private RegisteredBackend keptOrOpened(
      @Nullable RegisteredBackend known, BackendConfig wanted, HubConfig next, boolean own) {
    if (known != null
        && known.isBuiltIn() == own
        && known.config().equals(wanted)
        && next.server().responseBytesMax() == config.server().responseBytesMax()) {
      return known;
    }
    return open(known, wanted, next, own);
  }

  private static void closeAllBut(
      Map<String, RegisteredBackend> kept, Map<String, RegisteredBackend> all) {
    all.forEach((id, backend) -> {
      if (kept.get(id) != backend) {
        // Calls in its queue have no exchange yet that would hold the backend open.
        backend.bulkhead().whenIdle(backend.backend()::close);
      }
    });
  }

  private RegisteredBackend open(
      @Nullable RegisteredBackend known, BackendConfig wanted, HubConfig next, boolean own) {
    BackendType type = types.get(wanted.type());
    if (type == null) {
      throw new IllegalArgumentException("no such backend type: " + wanted.type());
    }
    BackendSpec spec = BackendSpecs.of(wanted, next.server().responseBytesMax());
    Backend backend = type.open(spec);
    return known != null
            && known.isBuiltIn() == own
            && known.config().baseUrl().equals(wanted.baseUrl())
        ? RegisteredBackend.warm(wanted, type, backend, known)
        : RegisteredBackend.fresh(wanted, type, backend, own);
  }

  private synchronized void publish() {
    RegistrySnapshot next = new RegistrySnapshot(config, new ArrayList<>(open.values()));
    snapshot = next;
    listeners.forEach(listener -> listener.accept(next));
  }

  /**
   * Asks every backend how it is and what it serves; completes when all have answered or failed.
   */
  public CompletableFuture<Void> refresh() {
    List<CompletableFuture<Void>> rounds = snapshot.backends().stream().map(this::refresh).toList();
    return CompletableFuture.allOf(rounds.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> refresh(RegisteredBackend backend) {
    return probed(backend)
        .thenCompose(status -> {
          note(backend, status);
          return status instanceof BackendStatus.Down
              ? CompletableFuture.completedFuture(null)
              : list(backend);
        });
  }

  /** A backend that fails to answer a probe, against its contract, must not hide the others. */
  private static CompletableFuture<BackendStatus> probed(RegisteredBackend backend) {
    CompletableFuture<BackendStatus> answer;
    try {
      answer = backend.backend().probe();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.exceptionally(failure -> {
      log.error("backend {} failed to probe", backend.id(), failure);
      return new BackendStatus.Down("the probe failed");
    });
  }

  private void note(RegisteredBackend backend, BackendStatus status) {
    BackendStatus before = backend.status().orElse(null);
    backend.seen(status);
    if (before == null || !before.getClass().equals(status.getClass())) {
      log.info(
          "backend {} is {} {}",
          backend.id(),
          StatusWords.of(status),
          status.detail().isEmpty() ? "" : "(" + status.detail() + ")");
      publish();
    }
  }

  private CompletableFuture<Void> list(RegisteredBackend backend) {
    return backend
        .backend()
        .models()
        .handle((models, failure) -> {
          if (failure == null) {
            listed(backend, models);
          } else if (backend.isUncharted()) {
            log.warn(
                "backend {} does not tell what it serves: {}", backend.id(), failure.getMessage());
          }
          return null;
        });
  }

  private void listed(RegisteredBackend backend, List<ModelInfo> models) {
    if (!models.equals(backend.lastListing())) {
      backend.listed(models);
      publish();
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(backend -> backend.backend().close());
    open = Map.of();
  }
}
