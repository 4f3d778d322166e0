package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Caller;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.QuotasConfig;
import dev.parley.hub.config.QuotasConfig.WhenAway;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When a server that counts is taken to be away. */
class SharedLimitsTest {

  private static final Duration AWAY_AFTER = SharedLimits.LOOK_EVERY.multipliedBy(4);

  private final MovableClock clock = MovableClock.atNoon();
  private final FlakyCounters server = new FlakyCounters(SpentSoFar.NOTHING, clock);
  private final StoreWatch watch = new StoreWatch("a server", clock);
  private final SharedLimits limits = limits();

  private SharedLimits limits() {
    QuotasConfig config =
        new Allowances.Of()
            .key(Allowances.of(Allowances.requests(9, Duration.ofMinutes(1))))
            .in(new QuotasConfig.Store.Memory(), WhenAway.OPEN);
    Rules rules = new Rules(config, _ -> AllowanceConfig.UNLIMITED);
    RemoteStore store = new RemoteStore(server, "hub", clock, watch);
    return new SharedLimits(
        new CountedLimits(rules, store, clock),
        new CountedLimits(rules, new MemoryStore(SpentSoFar.NOTHING, clock), clock),
        AWAY_AFTER,
        WhenAway.OPEN,
        watch);
  }

  private CompletableFuture<Entry> enter(boolean answered) {
    server.silent = !answered;
    return limits.enter(Caller.ANYONE.withKey("k"));
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      limits.look();
    }
  }

  @Test
  void doesWithoutAServerThatAnswersNobody() {
    CompletableFuture<Entry> first = enter(false);
    look(4);
    assertThat(first).isNotDone();
    look(1);
    assertThat(first).isCompleted();
    assertThat(watch.isUp()).isFalse();
    assertThat(enter(false)).isCompleted();
  }

  @Test
  void doesNotTakeOneLateAnswerForAServerThatIsAway() {
    CompletableFuture<Entry> late = enter(false);
    look(3);
    assertThat(enter(true)).isCompleted();
    look(2);
    assertThat(late).isCompleted();
    assertThat(watch.isUp()).isTrue();
    assertThat(watch.missed()).isOne();
    CompletableFuture<Entry> next = enter(false);
    assertThat(next).isNotDone();
    look(5);
    assertThat(next).isCompleted();
    assertThat(watch.isUp()).isFalse();
  }
}
