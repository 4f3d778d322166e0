package dev.parley.hub.limits;

import dev.parley.core.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's buckets and places, whatever kind of server it is. */
final class RemoteStore implements Store {

  /** How long the end of a hub waits for each of them. */
  private static final Duration CLOSING_MAX = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger("dev.parley.hub.Limits");

  private final Counters counters;
  private final Clock clock;
  private final Owed owed;
  private final Repayment repayment;
  private final StoreWatch watch;
  private final RunningLeases leases;
  private final Underway underway = new Underway();

  /**
   * Connects to nothing yet.
   *
   * @param hub like that of no other
   */
  RemoteStore(Counters counters, String hub, Clock clock, StoreWatch watch) {
    this.counters = counters;
    this.clock = clock;
    this.watch = watch;
    this.owed = new Owed(Owed.BUCKETS_MAX, counters::isUnsent, clock);
    this.repayment = new Repayment(owed, this::meter, watch, clock);
    watch.onReturn(() -> {
      var _ = repayment.now();
    });
    this.leases = new RunningLeases(counters.places(), hub, clock, watch);
  }

  @Override
  public CompletableFuture<?> connect() {
    return meter(MeterSpec.PROBE).take(1);
  }

  @Override
  public RemoteMeter meter(MeterSpec spec) {
    return new RemoteMeter(spec, underway.counting(counters.bucket(spec)), owed, watch, clock);
  }

  @Override
  public RunningLeases leases() {
    return leases;
  }

  @Override
  public void sweep(Set<String> used) {
    var _ =
        counters
            .sweep()
            .whenComplete((_, failure) -> {
              if (failure != null) {
                watch.failed(failure);
              }
            });
  }

  /** What it could not be told yet. */
  Owed owed() {
    return owed;
  }

  Repayment repayment() {
    return repayment;
  }

  @Override
  public boolean isQuiet() {
    return underway.isNothing();
  }

  /** Waits for at most three seconds: for settlements, for what is owed, and for places. */
  @Override
  public void close() {
    await(underway.ending());
    await(repayment.now());
    if (owed.buckets() > 0) {
      log.warn("what calls took of {} limits was not counted", owed.buckets());
    }
    leases.close();
    counters.close();
  }

  private static void await(CompletableFuture<?> work) {
    try {
      work.get(CLOSING_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.debug("the end of the hub did not wait for it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
