package dev.parley.hub.resilience;

import java.util.concurrent.ConcurrentHashMap;

/**
 * What the calls of late have shown of one backend and its models, and what bounds the calls to
 * come. It outlives the configuration, so that a reload neither forgets a broken backend nor loses
 * count of the calls that run there. Thread-safe; readers never wait.
 */
public final class BackendState {

  /** Models with a state of their own; all others share one. */
  static final int TARGETS_MAX = 4096;

  private final String id;
  private final Bulkhead bulkhead;
  private final RetryBudget retryBudget;
  private final WaitingRoom waiting;
  private final ConcurrentHashMap<String, TargetState> targets = new ConcurrentHashMap<>();
  private final TargetState overflow;
  private BackendSettings settings;

  public BackendState(String id, BackendSettings settings) {
    this.id = id;
    this.settings = settings;
    this.bulkhead = new Bulkhead(settings.concurrency(), settings.queueMax());
    this.retryBudget = new RetryBudget(settings.retries());
    this.waiting = new WaitingRoom(settings.queueMax());
    this.overflow = new TargetState(settings.breaker());
  }

  /**
   * Applies other settings to what is known; calls that run or wait keep their places, and those
   * that wait for one of the places that are new get it now.
   */
  public void apply(BackendSettings next) {
    synchronized (this) {
      settings = next;
      retryBudget.apply(next.retries());
      overflow.apply(next.breaker());
      targets.values().forEach(target -> target.apply(next.breaker()));
    }
    waiting.resize(next.queueMax());
    bulkhead.resize(next.concurrency(), next.queueMax());
  }

  /** The backend's name. */
  public String id() {
    return id;
  }

  /** Bounds the calls that run there. */
  public Bulkhead bulkhead() {
    return bulkhead;
  }

  /** Bounds what is tried there again. */
  public RetryBudget retryBudget() {
    return retryBudget;
  }

  /** Bounds the calls that wait until it may be called again. */
  public WaitingRoom waiting() {
    return waiting;
  }

  /** The state of one of its models; the same one whenever it is asked for. */
  public TargetState target(String model) {
    TargetState known = targets.get(model);
    return known != null ? known : added(model);
  }

  private synchronized TargetState added(String model) {
    if (targets.size() >= TARGETS_MAX) {
      TargetState known = targets.get(model);
      return known != null ? known : overflow;
    }
    return targets.computeIfAbsent(model, _ -> new TargetState(settings.breaker()));
  }

  /** How one of its models is now; a model that nobody called yet is not remembered for that. */
  public Vitals vitals(String model, long now) {
    TargetState known = targets.get(model);
    if (known == null && targets.mappingCount() >= TARGETS_MAX) {
      known = overflow;
    }
    return known != null
        ? known.vitals(now, bulkhead)
        : Vitals.fresh(bulkhead.running(), bulkhead.queued(), bulkhead.concurrency());
  }
}
