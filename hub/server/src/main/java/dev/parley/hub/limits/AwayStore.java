package dev.parley.hub.limits;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * This process as long as a server is away: like its memory, but money that calls cost is owed to
 * the server, and a budget begins anew with what the ledger says each time the server was there in
 * between.
 */
final class AwayStore implements Store {

  private final MemoryStore memory;
  private final Owed owed;
  private final AtomicLong round = new AtomicLong();

  AwayStore(MemoryStore memory, Owed owed, StoreWatch watch) {
    this.memory = memory;
    this.owed = owed;
    watch.onReturn(() -> {
      memory.forgetBudgets();
      round.incrementAndGet();
    });
  }

  @Override
  public CompletableFuture<?> connect() {
    return memory.connect();
  }

  @Override
  public Meter meter(MeterSpec spec) {
    Meter meter = memory.meter(spec);
    return spec.budget().isPresent() ? new AwayBudget(meter, owed) : meter;
  }

  @Override
  public long round() {
    return round.get();
  }

  @Override
  public Leases leases() {
    return memory.leases();
  }

  @Override
  public void sweep(Set<String> used) {
    memory.sweep(used);
  }

  @Override
  public boolean isQuiet() {
    return memory.isQuiet();
  }

  @Override
  public void close() {
    memory.close();
  }

  /** A budget's bucket. What calls hold that still run is nobody's business but its own. */
  private record AwayBudget(Meter here, Owed owed) implements Meter {

    @Override
    public MeterSpec spec() {
      return here.spec();
    }

    @Override
    public CompletableFuture<Taken> take(long tokens) {
      return here.take(tokens);
    }

    @Override
    public void adjust(long tokens) {
      here.adjust(tokens);
    }

    @Override
    public void settle(long taken, long used) {
      here.settle(taken, used);
      if (used > 0) {
        owed.took(spec(), used);
      }
    }

    @Override
    public Optional<Standing.Level> level() {
      return here.level();
    }

    @Override
    public CompletableFuture<long[]> left() {
      return here.left();
    }

    @Override
    public CompletableFuture<?> known() {
      return here.known();
    }
  }
}
