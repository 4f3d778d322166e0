package dev.parley.hub.bench.chaos;

import dev.parley.hub.bench.process.BenchFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** All callers: each on a thread of its own makes one call after the other until time is up. */
final class Crowd {

  private static final int THINKING_MILLIS_MAX = 40;
  private static final int GRPC_ONE_IN = 4;

  private final int port;
  private final Timeline timeline;
  private final Ledger ledger;
  private final AtomicLong numbers = new AtomicLong(1);

  Crowd(int port, Timeline timeline, Ledger ledger) {
    this.port = port;
    this.timeline = timeline;
    this.ledger = ledger;
  }

  /** Returns when every caller has seen the end of his last call, each of which is bounded. */
  void callUntil(long endMillis, int callers, SplittableRandom random) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        SplittableRandom own = random.split();
        boolean grpc = i % GRPC_ONE_IN == GRPC_ONE_IN - 1;
        all.add(
            threads.submit(
                () -> one(endMillis, own, grpc ? new GrpcCaller(port) : new HttpCaller(port))));
      }
      for (Future<?> caller : all) {
        await(caller);
      }
    }
  }

  private static void await(Future<?> caller) {
    try {
      caller.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    } catch (ExecutionException e) {
      throw new BenchFailure("a caller failed: " + e.getCause(), e);
    }
  }

  private Void one(long endMillis, SplittableRandom random, SoakCaller caller)
      throws InterruptedException {
    try (caller) {
      while (timeline.now() < endMillis) {
        Thread.sleep(random.nextInt(THINKING_MILLIS_MAX));
        judge(SoakCall.draw(random, numbers.getAndIncrement()), caller);
      }
    }
    return null;
  }

  private void judge(SoakCall call, SoakCaller caller) throws InterruptedException {
    long from = timeline.now();
    long startNanos = System.nanoTime();
    Outcome outcome = caller.call(call);
    long millis = (System.nanoTime() - startNanos) / 1_000_000;
    boolean answerable =
        timeline
            .schedule()
            .answerable(
                call.alias().backends(), from, from + call.limitMillis(), call.neededMillis());
    ledger.enter(call, outcome, millis, answerable);
  }

  /** So many patient calls of each kind, one after the other; how they ended goes to a ledger. */
  void round(int each, Ledger into) {
    try (HttpCaller caller = new HttpCaller(port)) {
      for (Alias alias : Alias.ALL) {
        for (int i = 0; i < each; i++) {
          SoakCall call =
              SoakCall.patient(
                  numbers.getAndIncrement(),
                  alias,
                  alias.ability() == Alias.Ability.CHAT && i % 2 == 0);
          long startNanos = System.nanoTime();
          Outcome outcome = caller.call(call);
          into.enter(call, outcome, (System.nanoTime() - startNanos) / 1_000_000, true);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }
}
