package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.parley.core.model.Caller;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.QuotasConfig;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** Whenever a server is away, it has heard of all money in the end. */
class OwedPropertyTest {

  private static final long BUDGET = 1_000_000_000;
  private static final int KEYS = 3;

  private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.parley.hub.Limits");

  private record Running(Reservation reservation, int key) {}

  /** Servers come and go by the thousand here. */
  @BeforeContainer
  static void sayNothing() {
    LOG.setLevel(Level.ERROR);
  }

  @AfterContainer
  static void sayAgain() {
    LOG.setLevel(null);
  }

  /** A hub and its server, and what the calls of each key cost, which its ledger knows at once. */
  private static final class World {

    final MovableClock clock = MovableClock.atNoon();
    final Map<String, Long> ledger = new HashMap<>();
    final SpentSoFar spent =
        (_, name, _, _) -> CompletableFuture.completedFuture(ledger.getOrDefault(name, 0L));
    final FlakyCounters server = new FlakyCounters(spent, clock);
    final StoreWatch watch = new StoreWatch("a server", clock);
    final RemoteStore store = new RemoteStore(server, "hub", clock, watch);
    final Limits limits;
    final List<Running> running = new ArrayList<>();

    World() {
      QuotasConfig config =
          new Allowances.Of()
              .key(Allowances.day(BUDGET))
              .in(new QuotasConfig.Store.Memory(), QuotasConfig.WhenAway.OPEN);
      Rules rules = new Rules(config, _ -> AllowanceConfig.UNLIMITED);
      AwayStore here = new AwayStore(new MemoryStore(spent, clock), store.owed(), watch);
      limits =
          new SharedLimits(
              new CountedLimits(rules, store, clock),
              new CountedLimits(rules, here, clock),
              config.awayAfter(),
              QuotasConfig.WhenAway.OPEN,
              watch);
    }

    void begin(int key, long micros) {
      Demand demand = new Demand("m", 0, 0, 0, 0, micros);
      Reservation made = limits.reserve(Caller.ANYONE.withKey("k" + key), demand).join();
      running.add(new Running(made, key));
    }

    void end(int which, long micros) {
      Running over = running.remove(which % running.size());
      over.reservation().settle(new Demand("m", 0, 0, 0, 0, micros));
      ledger.merge("k" + over.key(), micros, Long::sum);
    }

    void endAll() {
      while (!running.isEmpty()) {
        end(0, 5);
      }
    }

    /** The server is there again, and time passes. */
    void repay() {
      server.mood = FlakyCounters.Mood.ANSWERS;
      clock.advance(Repayment.BACKOFF_MAX);
      store.repayment().run().join();
      assertThat(store.owed().buckets()).isZero();
    }

    long spentAtServer(int key) {
      LocalDate today = LocalDate.of(2026, 11, 21);
      MeterSpec.Budget day = new MeterSpec.Budget(BUDGET, today, today.plusDays(1));
      return BUDGET - server.left(MeterSpec.budget(Whose.KEY, "k" + key, Counted.DAY_BUDGET, day));
    }
  }

  private static void play(World world, int step, FlakyCounters.Mood... moods) {
    world.clock.advance(Duration.ofMillis(1 + step % 1_500));
    switch (step % 4) {
      case 0 -> world.begin(step / 4 % KEYS, 1 + step / 7 % 400);
      case 1, 2 -> {
        if (!world.running.isEmpty()) {
          world.end(step / 4, step / 3 % 600);
        }
      }
      default -> world.server.mood = moods[step / 4 % moods.length];
    }
  }

  @Property(tries = 500)
  void countsExactlyWhatCallsCostWhereNothingReachedItMeanwhile(
      @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 100_000) Integer> steps) {
    World world = new World();
    for (int step : steps) {
      play(world, step, FlakyCounters.Mood.ANSWERS, FlakyCounters.Mood.AWAY);
    }
    world.endAll();
    world.repay();
    for (int key = 0; key < KEYS; key++) {
      assertThat(world.spentAtServer(key)).isEqualTo(world.ledger.getOrDefault("k" + key, 0L));
    }
  }

  @Property(tries = 500)
  void countsNoLessThanCallsCostWhereAnswersWereLost(
      @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 100_000) Integer> steps) {
    World world = new World();
    for (int step : steps) {
      play(world, step, FlakyCounters.Mood.values());
    }
    world.endAll();
    world.repay();
    for (int key = 0; key < KEYS; key++) {
      assertThat(world.spentAtServer(key))
          .isGreaterThanOrEqualTo(world.ledger.getOrDefault("k" + key, 0L));
    }
  }

  @Property(tries = 500)
  void countsExactlyWhatCallsCostWhereTheServerLostAllWhileItWasAway(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 100_000) Integer> before,
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 100_000) Integer> after) {
    World world = new World();
    for (int step : before) {
      play(world, step, FlakyCounters.Mood.ANSWERS, FlakyCounters.Mood.AWAY);
    }
    world.endAll();
    world.server.mood = FlakyCounters.Mood.AWAY;
    for (int step : after) {
      play(world, step, FlakyCounters.Mood.AWAY);
    }
    world.server.forgetAll();
    world.clock.advance(Duration.ofMillis(1));
    world.repay();
    world.endAll();
    world.repay();
    for (int key = 0; key < KEYS; key++) {
      assertThat(world.spentAtServer(key)).isEqualTo(world.ledger.getOrDefault("k" + key, 0L));
    }
  }

  /** The ledger told a bucket that began meanwhile of the first call, and not of the second. */
  @Example
  void tellsABucketThatBeganMeanwhileOnlyWhatCameAfter() {
    World world = new World();
    for (int step : List.of(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 499, 488, 5, 0)) {
      play(world, step, FlakyCounters.Mood.ANSWERS, FlakyCounters.Mood.AWAY);
    }
    world.endAll();
    world.repay();
    assertThat(world.spentAtServer(0)).isEqualTo(world.ledger.get("k0"));
  }

  /** Told while it comes and goes, what gives back might arrive or not, and would be forgotten. */
  @Example
  void tellsAServerThatIsAwayOfNothingUntilItIsBack() {
    World world = new World();
    world.begin(0, 400);
    world.server.mood = FlakyCounters.Mood.AWAY;
    world.begin(1, 5);
    world.server.mood = FlakyCounters.Mood.SPEECHLESS;
    world.end(0, 250);
    assertThat(world.spentAtServer(0)).isEqualTo(400);
    world.endAll();
    world.repay();
    assertThat(world.spentAtServer(0)).isEqualTo(250);
  }

  @Example
  void dropsWhatIsOwedToMoreBucketsThanThereMayBeAndSaysSo() {
    MovableClock clock = MovableClock.atNoon();
    Owed owed = new Owed(2, _ -> true, clock);
    LocalDate today = LocalDate.of(2026, 11, 21);
    List<MeterSpec> budgets = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      MeterSpec.Budget day = new MeterSpec.Budget(9, today, today.plusDays(1));
      budgets.add(MeterSpec.budget(Whose.KEY, name, Counted.DAY_BUDGET, day));
    }
    budgets.forEach(spec -> owed.took(spec, 1));
    budgets.forEach(spec -> owed.took(spec, 2));
    assertThat(owed.dropped()).isEqualTo(2);
    assertThat(owed.take(9))
        .extracting(debt -> debt.spec().name() + debt.tokens())
        .containsExactly("a3", "b3");
    assertThat(owed.buckets()).isZero();
  }

  @Example
  void forgetsWhatHasFilledUpAgainMeanwhile() {
    MovableClock clock = MovableClock.atNoon();
    Owed owed = new Owed(2, _ -> true, clock);
    Duration minute = Duration.ofMinutes(1);
    MeterSpec quota =
        MeterSpec.quota(Whose.KEY, "a", Counted.TOKENS, List.of(Allowances.tokens(9, minute)));
    owed.took(quota, 5);
    clock.advance(minute.plusMillis(1));
    assertThat(owed.take(9)).isEmpty();
    assertThat(owed.dropped()).isZero();
  }
}
