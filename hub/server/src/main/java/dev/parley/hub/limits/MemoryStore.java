package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import io.github.bucket4j.TimeMeter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** This process. What is not used for as long as it takes to be whole again is forgotten. */
final class MemoryStore implements Store {

  private final SpentSoFar spent;
  private final Clock clock;
  private final TimeMeter time;
  private final ConcurrentHashMap<String, MemoryMeter> meters = new ConcurrentHashMap<>();
  private final MemoryLeases leases = new MemoryLeases();

  MemoryStore(SpentSoFar spent, Clock clock) {
    this.spent = spent;
    this.clock = clock;
    this.time = Time.monotonic(clock);
  }

  @Override
  public CompletableFuture<?> connect() {
    return Taken.GIVEN_NOW;
  }

  @Override
  public Meter meter(MeterSpec spec) {
    return meters.computeIfAbsent(spec.id(), _ -> new MemoryMeter(spec, spent, clock, time));
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public void sweep(Set<String> used) {
    long now = clock.nanoTime();
    meters.values().removeIf(meter -> meter.isStale(used.contains(meter.spec().id()), now));
  }

  /** Budgets begin with what the ledger says again. */
  void forgetBudgets() {
    meters.values().removeIf(meter -> meter.spec().budget().isPresent());
  }

  /** How many buckets are kept. */
  int size() {
    return meters.size();
  }

  @Override
  public boolean isQuiet() {
    return true;
  }

  @Override
  public void close() {
    meters.clear();
  }
}
