package dev.parley.hub.registry;

import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.BackendType;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.TimeoutsConfig;
import dev.parley.hub.resilience.BackendState;
import dev.parley.hub.resilience.Bulkhead;
import dev.parley.hub.resilience.RetrySettings;
import dev.parley.hub.resilience.TimeLimits;
import dev.parley.hub.resilience.Vitals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A backend that is open for calls, with what is known of it now. It lives as long as its
 * configuration stays the same, across reloads of everything else; what is known of it lives as
 * long as its address does. Thread-safe.
 */
public final class RegisteredBackend {

  private final BackendConfig config;
  private final BackendType type;
  private final Backend backend;
  private final BackendState state;
  private final RetrySettings retry;
  private final boolean builtIn;
  private volatile @Nullable BackendStatus status;
  private volatile @Nullable List<ModelInfo> listed;

  private RegisteredBackend(
      BackendConfig config,
      BackendType type,
      Backend backend,
      BackendState state,
      boolean builtIn) {
    this.config = config;
    this.type = type;
    this.backend = backend;
    this.state = state;
    this.retry = StateSettings.retry(config);
    this.builtIn = builtIn;
  }

  /** A backend of which nothing is known yet. */
  static RegisteredBackend fresh(
      BackendConfig config, BackendType type, Backend backend, boolean builtIn) {
    BackendState state =
        new BackendState(config.id(), StateSettings.of(config, type.usualConcurrency()));
    return new RegisteredBackend(config, type, backend, state, builtIn);
  }

  /**
   * The same server as {@code before} under another configuration, with all that is known of it.
   * The settings of the common state stay those of {@code before} until {@link #takeOver}.
   */
  static RegisteredBackend warm(
      BackendConfig config, BackendType type, Backend backend, RegisteredBackend before) {
    RegisteredBackend after =
        new RegisteredBackend(config, type, backend, before.state, before.builtIn);
    after.status = before.status;
    after.listed = before.listed;
    return after;
  }

  /** Applies its configuration to its state, which others may have had before. */
  void takeOver() {
    state.apply(StateSettings.of(config, type.usualConcurrency()));
  }

  /** The name that configuration, logs and answers use. */
  public String id() {
    return config.id();
  }

  /** Whether the hub brings it itself, as opposed to the operator. */
  public boolean isBuiltIn() {
    return builtIn;
  }

  /** Calls in flight that it is given, by the operator or as is usual for its type. */
  public int concurrency() {
    return config.limits().concurrency(type.usualConcurrency());
  }

  /** What the operator wrote. */
  public BackendConfig config() {
    return config;
  }

  /** The opened backend. */
  public Backend backend() {
    return backend;
  }

  /** Bounds the calls that run there. */
  public Bulkhead bulkhead() {
    return state.bulkhead();
  }

  /** What the calls of late have shown of it; the same across reloads that keep its address. */
  public BackendState state() {
    return state;
  }

  /** How often and how soon calls are made again there. */
  public RetrySettings retry() {
    return retry;
  }

  /** How one of its models is at this reading of the monotonic clock. */
  public Vitals vitals(String model, long now) {
    return state.vitals(model, now);
  }

  /** Time limits of such a call there. */
  public TimeLimits limits(Capability capability, boolean stream) {
    TimeoutsConfig timeouts = config.timeouts();
    Duration total = timeouts.total(capability);
    Duration firstByte =
        timeouts.firstByte().orElse(stream ? TimeoutsConfig.STREAM_FIRST_BYTE_DEFAULT : total);
    return new TimeLimits(
        config.limits().queueWait().orElse(total),
        timeouts.headers().orElse(firstByte),
        firstByte,
        timeouts.idle(),
        total);
  }

  /** The answer to the latest probe; empty before the first. */
  public Optional<BackendStatus> status() {
    return Optional.ofNullable(status);
  }

  /**
   * Whether nothing speaks against a call: a backend not asked yet gets the benefit of the doubt.
   */
  public boolean isUsable() {
    return !(status instanceof BackendStatus.Down);
  }

  /** Whether it is unknown what this backend serves, as it could not be asked yet. */
  public boolean isUncharted() {
    return config.models().isEmpty() && listed == null;
  }

  /**
   * What it serves: the operator's list with what the backend tells about it, else its own list.
   */
  public List<ModelInfo> models() {
    List<ModelInfo> told = listed == null ? List.of() : listed;
    if (config.models().isEmpty()) {
      return told.stream().map(this::withDefaults).toList();
    }
    Map<String, ModelInfo> byId =
        told.stream().collect(Collectors.toMap(ModelInfo::id, Function.identity(), (a, _) -> a));
    List<ModelInfo> merged = new ArrayList<>();
    for (var wanted : config.models()) {
      merged.add(withDefaults(ModelFacts.merge(wanted, byId.get(wanted.id()))));
    }
    return merged;
  }

  private ModelInfo withDefaults(ModelInfo model) {
    return ModelFacts.withDefaults(model, type.defaultCapabilities());
  }

  void seen(BackendStatus newest) {
    status = newest;
  }

  void listed(List<ModelInfo> newest) {
    listed = List.copyOf(newest);
  }

  @Nullable List<ModelInfo> lastListing() {
    return listed;
  }
}
