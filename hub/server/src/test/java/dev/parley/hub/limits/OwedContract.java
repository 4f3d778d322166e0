package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.QuotasConfig;
import dev.parley.hub.config.QuotasConfig.WhenAway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server that was stopped is told when it is there again with all its data. */
abstract class OwedContract {

  private static final Duration AWAY_AFTER = Duration.ofSeconds(1);
  private static final long BACK_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
  private static final long TRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Demand NOTHING = Demand.of("m");

  private final MovableClock clock = MovableClock.atNoon();
  private final List<Turnstile> hubs = new ArrayList<>();
  private final Caller caller = Caller.ANYONE.withKey("key-" + Long.toHexString(System.nanoTime()));
  private long spentMicros;

  abstract QuotasConfig.Store store();

  abstract Optional<DatabaseConfig> database();

  abstract void stop() throws IOException;

  abstract void startAgain() throws IOException;

  /** Loses all buckets. */
  abstract void forgetAll() throws IOException;

  @AfterEach
  void close() {
    hubs.forEach(Turnstile::close);
  }

  private Turnstile hub(AllowanceConfig key, WhenAway whenAway) {
    Turnstile hub =
        new Turnstile(
            new Allowances.Of().key(key).in(store(), AWAY_AFTER, whenAway),
            database(),
            "hub" + hubs.size() + caller.key(),
            _ -> AllowanceConfig.UNLIMITED,
            (_, _, _, _) -> CompletableFuture.completedFuture(spentMicros),
            clock);
    hubs.add(hub);
    hub.connect().orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(hub.isStoreUp()).isTrue();
    return hub;
  }

  private Reservation reserved(Turnstile hub, Demand demand) {
    return hub.reserve(caller, demand).orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static Demand costs(long micros) {
    return new Demand("m", 0, 0, 0, 0, micros);
  }

  private static Demand tokens(long tokens) {
    return new Demand("m", tokens, 0, 0, 0, 0);
  }

  /** Stops the server, and lets a hub notice by a call that leaves nothing behind. */
  private void stopBefore(Turnstile hub) throws IOException {
    stop();
    while (hub.isStoreUp()) {
      reserved(hub, tokens(1)).settle(NOTHING);
    }
  }

  private void untilRepaid(Turnstile hub) {
    long began = System.nanoTime();
    while (hub.owed() > 0 || !hub.isStoreUp()) {
      assertThat(System.nanoTime() - began).isLessThan(BACK_NANOS_MAX);
      clock.advance(StoreWatch.REST);
      hub.repaid().orTimeout(10, TimeUnit.SECONDS).join();
      // It takes a while until a connection is there again, and the clock must not run ahead.
      LockSupport.parkNanos(TRY_NANOS);
    }
    untilQuiet(hub);
  }

  private static void untilQuiet(Turnstile hub) {
    while (!hub.isQuiet()) {
      Thread.onSpinWait();
    }
  }

  /** What is left for calls of a hub that knows nothing but what the server says. */
  private void assertLeft(AllowanceConfig key, Demand all, Demand tooMuch) {
    Turnstile other = hub(key, WhenAway.CLOSED);
    assertThat(other.reserve(caller, tooMuch))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            HubException.class,
            refused -> assertThat(refused.error()).isNotInstanceOf(HubError.Overloaded.class));
    untilQuiet(other);
    reserved(other, all);
  }

  @Test
  void hearsOfSettlementsThatDidNotReachIt() throws IOException {
    AllowanceConfig month = Allowances.of(Allowances.tokens(1_000, Duration.ofDays(31)));
    Turnstile hub = hub(month, WhenAway.OPEN);
    Reservation less = reserved(hub, tokens(400));
    Reservation more = reserved(hub, tokens(100));
    stopBefore(hub);
    less.settle(tokens(250));
    more.settle(tokens(180));
    untilQuiet(hub);
    assertThat(hub.owed()).isEqualTo(1);
    startAgain();
    untilRepaid(hub);
    assertLeft(month, tokens(570), tokens(572));
  }

  @Test
  void hearsOfMoneyThatWasSpentWithoutIt() throws IOException {
    AllowanceConfig day = Allowances.day(1_000_000);
    Turnstile hub = hub(day, WhenAway.OPEN);
    Reservation before = reserved(hub, costs(500_000));
    stopBefore(hub);
    before.settle(costs(600_000));
    reserved(hub, costs(200_000)).settle(costs(150_000));
    Reservation longer = reserved(hub, costs(10_000));
    startAgain();
    untilRepaid(hub);
    longer.settle(costs(20_000));
    untilRepaid(hub);
    assertLeft(day, costs(230_000), costs(230_001));
  }

  @Test
  void takesWhatWasSpentFromTheLedgerOnlyWhereItLostAll() throws IOException {
    AllowanceConfig day = Allowances.day(1_000_000);
    Turnstile hub = hub(day, WhenAway.OPEN);
    reserved(hub, costs(300_000)).settle(costs(300_000));
    spentMicros = 300_000;
    stopBefore(hub);
    reserved(hub, costs(200_000)).settle(costs(100_000));
    spentMicros = 400_000;
    startAgain();
    forgetAll();
    untilRepaid(hub);
    assertLeft(day, costs(600_000), costs(600_001));
  }

  @Test
  void hearsOfTheLastSettlementsOfAHubThatEnds() {
    AllowanceConfig day = Allowances.day(1_000_000);
    Turnstile hub = hub(day, WhenAway.OPEN);
    for (Reservation made : List.of(reserved(hub, costs(1_000)), reserved(hub, costs(2_000)))) {
      made.settle(costs(100_000));
    }
    hub.close();
    assertLeft(day, costs(800_000), costs(800_001));
  }

  @Test
  void hearsOfWhatIsStillOwedWhenAHubEnds() throws IOException {
    AllowanceConfig day = Allowances.day(1_000_000);
    Turnstile hub = hub(day, WhenAway.OPEN);
    reserved(hub, costs(50_000)).settle(costs(50_000));
    stopBefore(hub);
    Reservation longer = reserved(hub, costs(200_000));
    reserved(hub, costs(100_000)).settle(costs(100_000));
    startAgain();
    untilRepaid(hub);
    longer.settle(costs(250_000));
    assertThat(hub.owed()).isEqualTo(1);
    hub.close();
    assertThat(hub.owed()).isZero();
    assertLeft(day, costs(600_000), costs(600_001));
  }
}
