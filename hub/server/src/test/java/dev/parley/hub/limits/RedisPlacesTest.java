package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.config.QuotasConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Places in Redis, of which many callers take and free some at the same time. */
class RedisPlacesTest {

  private static final int CALLERS = 64;
  private static final int ROUNDS = 60;
  private static final int KEYS = 40;
  private static final int MOST = 3;

  private final MovableClock clock = MovableClock.atNoon();
  private final AtomicIntegerArray held = new AtomicIntegerArray(KEYS);

  @Test
  void holdsNoMorePlacesThanThereAreAndLosesNone() throws Exception {
    try (RedisServerOnLoopback server = new RedisServerOnLoopback();
        RedisCounters counters = counters(server)) {
      StoreWatch watch = new StoreWatch("Redis", clock);
      RunningLeases leases = new RunningLeases(counters.places(), "hub", clock, watch);
      long taken = 0;
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          SplittableRandom lots = new SplittableRandom(i);
          work.add(() -> call(leases, lots));
        }
        for (Future<Integer> done : callers.invokeAll(work)) {
          taken += done.get();
        }
      }
      // Some were refused, so that it came to the most, and none is left behind.
      assertThat(taken).isBetween(1L, (long) CALLERS * ROUNDS - 1);
      for (int key = 0; key < KEYS; key++) {
        for (int i = 0; i < MOST; i++) {
          assertThat(take(leases, List.of(place(key)))).isInstanceOf(Leases.Held.class);
        }
        assertThat(take(leases, List.of(place(key)))).isInstanceOf(Leases.Full.class);
      }
      assertThat(watch.isUp()).isTrue();
      leases.close();
    }
  }

  private RedisCounters counters(RedisServerOnLoopback server) {
    return new RedisCounters(
        new QuotasConfig.Store.Redis(server.url(), Optional.empty(), Optional.empty()),
        QuotasConfig.DEFAULT.awayAfter(),
        SpentSoFar.NOTHING,
        clock);
  }

  private static Place place(int key) {
    return Place.of(Whose.KEY, "k" + key, MOST);
  }

  private static Leases.Leased take(Leases leases, List<Place> places) {
    return leases.take(places).orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** How often one caller got its places. */
  private int call(Leases leases, SplittableRandom lots) {
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int first = lots.nextInt(KEYS);
      int second = (first + 1 + lots.nextInt(KEYS - 1)) % KEYS;
      Leases.Leased leased = take(leases, List.of(place(first), place(second)));
      if (leased instanceof Leases.Held held) {
        taken++;
        count(first, 1);
        count(second, 1);
        Thread.onSpinWait();
        count(first, -1);
        count(second, -1);
        held.free();
      }
    }
    return taken;
  }

  private void count(int key, int more) {
    assertThat(held.addAndGet(key, more)).isBetween(0, MOST);
  }
}
