package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.QuotasConfig;
import dev.parley.hub.config.QuotasConfig.WhenAway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What limits do while the server that counts them is not there. */
class StoreAwayTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int TRIES_MAX = 100_000;

  private final MovableClock clock = MovableClock.atNoon();
  private final Caller caller = Caller.ANYONE.withKey("k");

  private Turnstile hub(String url, WhenAway whenAway, AllowanceConfig key) {
    return new Turnstile(
        new Allowances.Of()
            .key(key)
            .in(
                new QuotasConfig.Store.Redis(url, Optional.empty(), Optional.empty()),
                QuotasConfig.DEFAULT.awayAfter(),
                whenAway),
        Optional.empty(),
        "hub",
        _ -> AllowanceConfig.UNLIMITED,
        SpentSoFar.NOTHING,
        clock);
  }

  private static HubError refused(CompletableFuture<?> future) {
    Throwable thrown = catchThrowable(future::join);
    assertThat(thrown).isInstanceOf(CompletionException.class);
    return Objects.requireNonNull((HubException) thrown.getCause()).error();
  }

  @Test
  void countsInItsOwnMemoryMeanwhileAndOnTheServerAgainAfterwards() throws IOException {
    AllowanceConfig two =
        Allowances.of(Allowances.requests(2, Duration.ofDays(31)), Allowances.tokens(9, MINUTE));
    try (RedisServerOnLoopback server = new RedisServerOnLoopback();
        Turnstile hub = hub(server.url(), WhenAway.OPEN, two)) {
      hub.connect().join();
      hub.enter(caller).join();
      hub.enter(caller).join();
      assertThat(refused(hub.enter(caller))).isInstanceOf(HubError.RateLimited.class);
      server.stop();
      hub.enter(caller).join();
      assertThat(hub.isStoreUp()).isFalse();
      CompletableFuture<Entry> second = hub.enter(caller);
      assertThat(second).isDone();
      second.join();
      assertThat(refused(hub.enter(caller))).isInstanceOf(HubError.RateLimited.class);
      server.startAgain();
      Demand tokens = new Demand("m", 1, 0, 0, 0, 0);
      for (int i = 0; !hub.isStoreUp(); i++) {
        assertThat(i).isLessThan(TRIES_MAX);
        clock.advance(StoreWatch.REST);
        hub.reserve(caller, tokens).join().settle(Demand.of("m"));
      }
      // It has lost what it knew, so both requests are there again.
      hub.enter(caller).join();
      hub.enter(caller).join();
      assertThat(refused(hub.enter(caller))).isInstanceOf(HubError.RateLimited.class);
    }
  }

  @Test
  void refusesCallsThatAreLimitedWhereThatIsWanted() throws IOException {
    try (RedisServerOnLoopback server = new RedisServerOnLoopback();
        Turnstile hub = hub(server.url(), WhenAway.CLOSED, Allowances.streams(1))) {
      hub.connect().join();
      hub.enter(caller).join().leave();
      server.stop();
      assertThat(refused(hub.enter(caller)))
          .isEqualTo(
              new HubError.Overloaded(
                  "limits cannot be counted, as what counts them is away", Duration.ofSeconds(1)));
      assertThat(hub.enter(Caller.ANYONE)).isCompleted();
    }
  }

  @Test
  void startsWithoutTheServerAndFindsItLater() throws IOException {
    try (RedisServerOnLoopback server = new RedisServerOnLoopback()) {
      server.stop();
      AllowanceConfig nine = Allowances.of(Allowances.tokens(9, MINUTE));
      try (Turnstile hub = hub(server.url(), WhenAway.OPEN, nine)) {
        hub.connect().join();
        assertThat(hub.isStoreUp()).isFalse();
        Demand all = new Demand("m", 9, 0, 0, 0, 0);
        hub.reserve(caller, all).join();
        assertThat(refused(hub.reserve(caller, all))).isInstanceOf(HubError.RateLimited.class);
        server.startAgain();
        for (int i = 0; !hub.isStoreUp(); i++) {
          assertThat(i).isLessThan(TRIES_MAX);
          clock.advance(StoreWatch.REST);
          hub.reserve(caller, all.withCost(0)).handle((made, _) -> made).join();
        }
      }
    }
  }

  @Test
  void waitsForAServerThatDoesNotAnswerOnlyOnce() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Turnstile hub =
            hub(
                "redis://127.0.0.1:" + silent.getLocalPort(),
                WhenAway.OPEN,
                Allowances.of(Allowances.requests(9, MINUTE)))) {
      CompletableFuture<Entry> first = hub.enter(caller);
      assertThat(first).isNotDone();
      first.join();
      assertThat(hub.isStoreUp()).isFalse();
      for (int i = 0; i < 5; i++) {
        assertThat(hub.enter(caller)).isCompleted();
      }
      clock.advance(StoreWatch.REST);
      CompletableFuture<Entry> probe = hub.enter(caller);
      assertThat(probe).isNotDone();
      assertThat(hub.enter(caller)).isCompleted();
      probe.join();
    }
  }

  @Test
  void givesAPlaceBackThatComesTooLate() throws IOException {
    try (RedisServerOnLoopback server = new RedisServerOnLoopback();
        Turnstile hub = hub(server.url(), WhenAway.OPEN, Allowances.streams(1));
        Turnstile other = hub(server.url(), WhenAway.CLOSED, Allowances.streams(1))) {
      hub.connect().join();
      other.connect().join();
      server.hold(Duration.ofMillis(600));
      Entry alone = hub.enter(caller).join();
      assertThat(hub.isStoreUp()).isFalse();
      for (int i = 0; ; i++) {
        assertThat(i).isLessThan(TRIES_MAX);
        clock.advance(StoreWatch.REST);
        if (other.enter(caller).handle((made, _) -> made != null).join()) {
          break;
        }
      }
      alone.leave();
    }
  }
}
