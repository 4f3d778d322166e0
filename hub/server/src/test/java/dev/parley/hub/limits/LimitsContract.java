package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.QuotaUnit;
import dev.parley.hub.config.QuotasConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What limits do, wherever they are counted. Names differ from test to test, as servers last. */
abstract class LimitsContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Demand NOTHING = Demand.of("m");

  private final MovableClock clock = MovableClock.atNoon();
  private final List<Turnstile> hubs = new ArrayList<>();
  private final ConcurrentHashMap<String, AllowanceConfig> keys = new ConcurrentHashMap<>();
  private final String me = "key-" + Long.toHexString(System.nanoTime());
  private final Caller caller = Caller.ANYONE.withKey(me).withOwner("owner of " + me);
  private SpentSoFar spent = SpentSoFar.NOTHING;

  abstract QuotasConfig.Store store();

  abstract Optional<DatabaseConfig> database();

  @AfterEach
  void close() {
    hubs.forEach(Turnstile::close);
  }

  private Turnstile hub(Allowances.Of limits) {
    Turnstile hub =
        new Turnstile(
            limits.in(store(), QuotasConfig.WhenAway.CLOSED),
            database(),
            "hub" + hubs.size() + me,
            name -> keys.getOrDefault(name, AllowanceConfig.UNLIMITED),
            (whose, name, from, to) -> spent.spentMicros(whose, name, from, to),
            clock);
    hubs.add(hub);
    done(hub.connect());
    assertThat(hub.isStoreUp()).isTrue();
    return hub;
  }

  private static Allowances.Of limits() {
    return new Allowances.Of();
  }

  private static <T> T done(CompletableFuture<T> future) {
    return future.orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** A reservation that is settled for all to see as soon as it says so. */
  private Reservation reserved(CompletableFuture<Reservation> future) {
    Reservation made = done(future);
    return used -> {
      made.settle(used);
      quiet();
    };
  }

  /** What nobody waits for has reached the server. */
  private void quiet() {
    for (Turnstile hub : hubs) {
      while (!hub.isQuiet()) {
        Thread.onSpinWait();
      }
    }
  }

  private HubError refused(CompletableFuture<?> future) {
    Throwable thrown = catchThrowable(() -> done(future));
    quiet();
    assertThat(thrown).isInstanceOf(CompletionException.class);
    assertThat(thrown.getCause()).isInstanceOf(HubException.class);
    return Objects.requireNonNull((HubException) thrown.getCause()).error();
  }

  private HubError.RateLimited limited(CompletableFuture<?> future) {
    HubError error = refused(future);
    assertThat(error).isInstanceOf(HubError.RateLimited.class);
    return (HubError.RateLimited) error;
  }

  private static Demand tokens(long tokens) {
    return new Demand("m", tokens, 0, 0, 0, 0);
  }

  /** What is there now, found out by taking all of it and giving it back. */
  private long left(Turnstile hub, int most) {
    int low = 0;
    int high = most;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      CompletableFuture<Reservation> asked = hub.reserve(caller, tokens(middle));
      Reservation made = asked.handle((made1, _) -> made1).join();
      if (made != null) {
        made.settle(NOTHING);
        quiet();
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  @Test
  void letsInAsManyRequestsAsTheKeyHasAndSaysWhenTheNextFits() {
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.requests(3, MINUTE))));
    for (int i = 0; i < 3; i++) {
      done(hub.enter(caller)).leave();
    }
    HubError.RateLimited error = limited(hub.enter(caller));
    assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(20));
    assertThat(error.scope()).isEqualTo("requests of this key");
    assertThat(error.message())
        .isEqualTo("3/60s is used up for now; the next call of this size fits in 20s");
    assertThat(hub.standing(caller).requests()).contains(new Standing.Level(3, 0, MINUTE));
    clock.advance(Duration.ofSeconds(20));
    done(hub.enter(caller));
    limited(hub.enter(caller));
  }

  @Test
  void countsEachKeyByItself() {
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.requests(1, MINUTE))));
    done(hub.enter(caller));
    done(hub.enter(caller.withKey(me + "-other")));
    limited(hub.enter(caller));
  }

  @Test
  void takesAKeysOwnAllowanceBeforeThatOfAllKeys() {
    keys.put(me, Allowances.of(Allowances.requests(2, MINUTE)));
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.requests(1, MINUTE))));
    done(hub.enter(caller));
    done(hub.enter(caller));
    limited(hub.enter(caller));
  }

  @Test
  void countsAllKeysOfAnOwnerTogetherAndNamesNobody() {
    Turnstile hub =
        hub(limits().owner(caller.owner(), Allowances.of(Allowances.requests(2, MINUTE))));
    done(hub.enter(caller));
    done(hub.enter(caller.withKey(me + "-other")));
    HubError.RateLimited error = limited(hub.enter(caller));
    assertThat(error.scope()).isEqualTo("requests of this key's owner");
    assertThat(error.toString()).doesNotContain(me);
  }

  @Test
  void refusesWhatAnyOfSeveralWindowsRefuses() {
    Turnstile hub =
        hub(
            limits()
                .key(
                    Allowances.of(
                        Allowances.requests(2, Duration.ofSeconds(1)),
                        Allowances.requests(3, MINUTE))));
    done(hub.enter(caller));
    done(hub.enter(caller));
    assertThat(limited(hub.enter(caller)).message()).startsWith("2/1s ");
    clock.advance(Duration.ofSeconds(1));
    done(hub.enter(caller));
    HubError.RateLimited error = limited(hub.enter(caller));
    assertThat(error.message()).startsWith("3/60s ");
    assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void givesBackToTheKeyWhatItsOwnerRefuses() {
    String owner = caller.owner();
    Turnstile hub =
        hub(
            limits()
                .key(Allowances.of(Allowances.requests(2, MINUTE)))
                .owner(owner, Allowances.of(Allowances.requests(1, MINUTE))));
    done(hub.enter(caller));
    limited(hub.enter(caller));
    done(hub.enter(caller.withOwner("somebody else than " + owner)));
  }

  @Test
  void countsTheRequestsOfAModelWhenACallIsAboutToRun() {
    Turnstile hub =
        hub(limits().model("m of " + me, Allowances.of(Allowances.requests(1, MINUTE))));
    done(hub.enter(caller));
    done(hub.enter(caller));
    Demand demand = Demand.of("m of " + me);
    reserved(hub.reserve(caller, demand)).settle(demand);
    HubError.RateLimited error = limited(hub.reserve(caller, demand));
    assertThat(error.scope()).isEqualTo("requests of this model");
    reserved(hub.reserve(caller, Demand.of("another")));
  }

  @Test
  void givesBackWhatACallDidNotUse() {
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.tokens(100, MINUTE))));
    Reservation made = reserved(hub.reserve(caller, tokens(100)));
    limited(hub.reserve(caller, tokens(1)));
    made.settle(tokens(40));
    made.settle(tokens(40));
    assertThat(left(hub, 100)).isEqualTo(60);
  }

  @Test
  void givesEverythingBackWhenACallCameToNothing() {
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.tokens(100, MINUTE))));
    reserved(hub.reserve(caller, tokens(100))).settle(NOTHING);
    assertThat(left(hub, 100)).isEqualTo(100);
  }

  @Test
  void letsACallThatUsedMoreThanItSaidGoIntoDebtThatTheNextOneWaitsFor() {
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.tokens(60, MINUTE))));
    reserved(hub.reserve(caller, tokens(10))).settle(tokens(120));
    HubError.RateLimited error = limited(hub.reserve(caller, tokens(1)));
    assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(61));
    assertThat(error.scope()).isEqualTo("tokens of this key");
    clock.advance(Duration.ofSeconds(61));
    reserved(hub.reserve(caller, tokens(1)));
  }

  @Test
  void refusesAtOnceWhatNoWindowEverHolds() {
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.tokens(1_000, MINUTE))));
    HubError.RateLimited error = limited(hub.reserve(caller, tokens(5_000)));
    assertThat(error.retryAfter()).isZero();
    assertThat(error.message())
        .isEqualTo(
            "the call may take 5000 tokens, more than 1000/60s ever has at once; ask for less");
    assertThat(left(hub, 1_000)).isEqualTo(1_000);
  }

  @Test
  void refusesARecordingOfUnknownLengthWhenTheAudioIsUsedUp() {
    Turnstile hub = hub(limits().key(Allowances.of(QuotaUnit.AUDIO_SECONDS, 60, MINUTE)));
    reserved(hub.reserve(caller, NOTHING)).settle(new Demand("m", 0, 0, 90_000, 0, 0));
    HubError.RateLimited error = limited(hub.reserve(caller, NOTHING));
    assertThat(error.scope()).isEqualTo("audio seconds of this key");
    assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(31));
  }

  @Test
  void countsPartsOfAudioSeconds() {
    Turnstile hub = hub(limits().key(Allowances.of(QuotaUnit.AUDIO_SECONDS, 3, MINUTE)));
    for (int i = 0; i < 4; i++) {
      reserved(hub.reserve(caller, NOTHING)).settle(new Demand("m", 0, 0, 500, 0, 0));
    }
    reserved(hub.reserve(caller, NOTHING));
    limited(hub.reserve(caller, NOTHING));
  }

  @Test
  void countsCharactersOfTextThatIsSpokenAndNoSoundForChat() {
    Turnstile hub =
        hub(
            limits()
                .key(
                    Allowances.both(
                        Allowances.of(QuotaUnit.CHARACTERS, 10, MINUTE),
                        Allowances.of(QuotaUnit.AUDIO_SECONDS, 1, MINUTE))));
    reserved(hub.reserve(caller, new Demand("m", 0, 0, 0, 8, 0)))
        .settle(new Demand("m", 0, 0, 5_000, 8, 0));
    assertThat(limited(hub.reserve(caller, new Demand("m", 0, 0, 0, 8, 0))).scope())
        .isIn("characters of this key", "audio seconds of this key");
    reserved(hub.reserve(caller, tokens(1_000_000)));
  }

  @Test
  void tellsWhatIsLeftOfTheQuotaThatIsNearestToItsEnd() {
    Turnstile hub =
        hub(
            limits()
                .key(
                    Allowances.of(
                        Allowances.requests(10, MINUTE),
                        Allowances.requests(1_000, Duration.ofHours(1)),
                        Allowances.tokens(600, MINUTE)))
                .hub(Allowances.of(Allowances.requests(1_000_000, MINUTE))));
    done(hub.enter(caller));
    Entry entry = done(hub.enter(caller));
    assertThat(entry.standing().requests())
        .contains(new Standing.Level(10, 8, Duration.ofSeconds(12)));
    assertThat(entry.standing().tokens()).contains(new Standing.Level(600, 600, Duration.ZERO));
    reserved(hub.reserve(caller, tokens(60)));
    assertThat(entry.standing().tokens())
        .contains(new Standing.Level(600, 540, Duration.ofSeconds(6)));
    clock.advance(Duration.ofSeconds(6));
    assertThat(entry.standing().tokens()).contains(new Standing.Level(600, 600, Duration.ZERO));
  }

  @Test
  void tellsWhatIsLeftOfAllLimitsOfTheKeyAndItsOwnerAndTakesNothing() {
    spent = (whose, _, _, _) -> CompletableFuture.completedFuture(whose == Whose.KEY ? 400L : 0L);
    Turnstile hub =
        hub(
            limits()
                .key(
                    Allowances.both(
                        Allowances.of(
                            Allowances.requests(10, MINUTE),
                            Allowances.requests(1_000, Duration.ofHours(1)),
                            Allowances.tokens(600, MINUTE)),
                        Allowances.day(1_000)))
                .owner(caller.owner(), Allowances.month(5_000))
                .hub(Allowances.of(Allowances.requests(1_000_000, MINUTE))));
    done(hub.enter(caller));
    reserved(hub.reserve(caller, new Demand("m", 60, 0, 0, 0, 100)));
    for (int i = 0; i < 2; i++) {
      assertThat(done(hub.left(caller)))
          .containsExactlyInAnyOrder(
              new Left(Whose.KEY, "requests", new Standing.Level(10, 9, Duration.ofSeconds(6))),
              new Left(Whose.KEY, "tokens", new Standing.Level(600, 540, Duration.ofSeconds(6))),
              new Left(
                  Whose.KEY, "day_budget", new Standing.Level(1_000, 500, Duration.ofHours(12))),
              new Left(
                  Whose.OWNER, "month_budget", new Standing.Level(5_000, 4_900, untilNextMonth())));
    }
    assertThat(done(hub.left(caller.withKey("").withOwner("")))).isEmpty();
  }

  private Duration untilNextMonth() {
    Instant now = Instant.ofEpochMilli(clock.epochMillis());
    return Duration.between(
        now,
        now.atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .withDayOfMonth(1)
            .plusMonths(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC));
  }

  @Test
  void tellsTheHubsQuotaWhereTheKeyHasNone() {
    Turnstile hub =
        hub(limits().owner(caller.owner(), Allowances.of(Allowances.requests(5, MINUTE))));
    assertThat(done(hub.enter(caller)).standing().requests())
        .contains(new Standing.Level(5, 4, Duration.ofSeconds(12)));
    assertThat(done(hub.enter(caller.withOwner(""))).standing()).isEqualTo(Standing.UNLIMITED);
  }

  @Test
  void letsOnlySoManyRunAtTheSameTime() {
    Turnstile hub = hub(limits().key(Allowances.streams(2)));
    Entry first = done(hub.enter(caller));
    done(hub.enter(caller));
    HubError.RateLimited error = limited(hub.enter(caller));
    assertThat(error.scope()).isEqualTo("streams of this key");
    assertThat(error.retryAfter()).isZero();
    first.leave();
    first.leave();
    Entry third = entersSoon(hub);
    limited(hub.enter(caller));
    third.leave();
  }

  /** A place on a server is free a moment after it was left. */
  private Entry entersSoon(Turnstile hub) {
    for (int i = 0; ; i++) {
      CompletableFuture<Entry> asked = hub.enter(caller);
      Entry entry = asked.handle((made, _) -> made).join();
      if (entry != null) {
        return entry;
      }
      assertThat(i).isLessThan(1_000);
      Thread.onSpinWait();
    }
  }

  @Test
  void keepsNoPlaceAndNoRequestOfWhoWasRefused() {
    Turnstile hub =
        hub(
            limits()
                .key(
                    Allowances.both(
                        Allowances.streams(1), Allowances.of(Allowances.requests(2, MINUTE))))
                .owner(caller.owner(), Allowances.streams(5)));
    Entry first = done(hub.enter(caller));
    limited(hub.enter(caller));
    limited(hub.enter(caller));
    first.leave();
    Entry second = entersSoon(hub);
    second.leave();
    assertThat(limited(hub.enter(caller)).scope()).isEqualTo("requests of this key");
  }

  @Test
  void spendsABudgetUntilItsPeriodEnds() {
    Turnstile hub = hub(limits().key(Allowances.day(1_000_000)));
    Demand half = tokens(5).withCost(500_000);
    reserved(hub.reserve(caller, half)).settle(half);
    reserved(hub.reserve(caller, half)).settle(half.withCost(600_000));
    HubError error = refused(hub.reserve(caller, tokens(1)));
    assertThat(error)
        .isEqualTo(
            new HubError.QuotaSpent(
                "the day's budget of this key",
                "what is left of 1 does not cover what the call may cost; the next one begins at"
                    + " 2026-11-22T00:00:00Z"));
    clock.advance(Duration.ofHours(11));
    assertThat(refused(hub.reserve(caller, tokens(1)))).isEqualTo(error);
    clock.advance(Duration.ofHours(1));
    reserved(hub.reserve(caller, half));
  }

  @Test
  void beginsABudgetWithWhatWasSpentBefore() {
    List<String> asked = new ArrayList<>();
    spent =
        (whose, name, from, to) -> {
          asked.add(whose + " " + name + " " + from + " " + to);
          return CompletableFuture.completedFuture(900_000L);
        };
    Turnstile hub = hub(limits().key(Allowances.month(1_000_000)));
    reserved(hub.reserve(caller, tokens(1).withCost(100_000)));
    HubError error = refused(hub.reserve(caller, tokens(1).withCost(1)));
    assertThat(((HubError.QuotaSpent) error).message()).endsWith("2026-12-01T00:00:00Z");
    assertThat(asked).contains("KEY " + me + " 2026-11-01 2026-12-01");
  }

  @Test
  void countsARaisedBudgetByWhatWasSpent() {
    Turnstile hub = hub(limits().key(Allowances.day(100)));
    Demand all = tokens(1).withCost(100);
    reserved(hub.reserve(caller, all)).settle(all);
    spent = (_, _, _, _) -> CompletableFuture.completedFuture(100L);
    refused(hub.reserve(caller, all));
    hub.apply(limits().key(Allowances.day(150)).in(store(), QuotasConfig.WhenAway.CLOSED));
    refused(hub.reserve(caller, all));
    reserved(hub.reserve(caller, all.withCost(50)));
  }

  @Test
  void refusesEverythingWithABudgetOfNothing() {
    Turnstile hub = hub(limits().key(Allowances.day(0)));
    assertThat(refused(hub.reserve(caller, NOTHING))).isInstanceOf(HubError.QuotaSpent.class);
  }

  @Test
  void countsAnewOnlyWhatWasChanged() {
    Turnstile hub =
        hub(
            limits()
                .key(Allowances.of(Allowances.requests(1, MINUTE), Allowances.tokens(10, MINUTE))));
    done(hub.enter(caller));
    reserved(hub.reserve(caller, tokens(10)));
    hub.apply(
        limits()
            .key(Allowances.of(Allowances.requests(2, MINUTE), Allowances.tokens(10, MINUTE)))
            .in(store(), QuotasConfig.WhenAway.CLOSED));
    done(hub.enter(caller));
    done(hub.enter(caller));
    limited(hub.enter(caller));
    limited(hub.reserve(caller, tokens(1)));
    hub.apply(limits().in(store(), QuotasConfig.WhenAway.CLOSED));
    assertThat(done(hub.enter(caller)).standing()).isEqualTo(Standing.UNLIMITED);
  }

  @Test
  void neverGrantsMoreThanThereIsWhenManyAskAtOnce() {
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.tokens(50, MINUTE))));
    List<CompletableFuture<Reservation>> asked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      asked.add(hub.reserve(caller, tokens(1)));
    }
    long granted = asked.stream().filter(it -> it.handle((made, _) -> made != null).join()).count();
    assertThat(granted).isEqualTo(50);
  }

  @Test
  void countsThoseWhoComeFirstTogether() {
    Turnstile hub = hub(limits().key(Allowances.of(Allowances.tokens(3, MINUTE))));
    for (int key = 0; key < 50; key++) {
      Caller other = Caller.ANYONE.withKey(me + "-" + key);
      List<CompletableFuture<Reservation>> asked = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        asked.add(hub.reserve(other, tokens(1)));
      }
      assertThat(asked.stream().filter(it -> it.handle((made, _) -> made != null).join()).count())
          .isEqualTo(3);
    }
    assertThat(hub.isStoreUp()).isTrue();
  }

  @Test
  void knowsTheLongestNamesAndThoseWithSigns() {
    Turnstile hub =
        hub(
            limits()
                .key(
                    Allowances.both(
                        Allowances.streams(1), Allowances.of(Allowances.requests(1, MINUTE)))));
    Caller odd = caller.withKey((me + "'\"; drop: table*?[]").repeat(20) + "ü漢");
    done(hub.enter(odd)).leave();
    limited(hub.enter(odd));
    done(hub.enter(odd.withKey(odd.key() + "x")));
  }

  @Test
  void holdsQuotasOfTheLargestAmountsAndPeriods() {
    Turnstile hub =
        hub(
            limits()
                .key(Allowances.of(Allowances.tokens(1_000_000_000_000L, Duration.ofDays(31)))));
    reserved(hub.reserve(caller, tokens(999_999_999_999L))).settle(tokens(1_999_999_999_999L));
    Duration wait = limited(hub.reserve(caller, tokens(1))).retryAfter();
    assertThat(wait)
        .isBetween(Duration.ofDays(31).minusMinutes(1), Duration.ofDays(31).plusMinutes(1));
  }

  /** The clock of the test, and hubs on the same store. */
  final Turnstile another(Allowances.Of limits) {
    return hub(limits);
  }

  final MovableClock clock() {
    return clock;
  }

  final Caller caller() {
    return caller;
  }

  final Instant now() {
    return Instant.ofEpochMilli(clock.epochMillis());
  }
}
