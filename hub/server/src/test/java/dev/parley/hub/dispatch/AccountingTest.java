package dev.parley.hub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.core.model.TokenUsage;
import dev.parley.hub.fake.Collector;
import dev.parley.hub.fake.Events;
import dev.parley.hub.fake.FakeLoop;
import dev.parley.hub.fake.ScriptedAnswer;
import dev.parley.hub.limits.Demand;
import dev.parley.hub.limits.Entry;
import dev.parley.hub.limits.Left;
import dev.parley.hub.limits.Limits;
import dev.parley.hub.limits.Reservation;
import dev.parley.hub.limits.Standing;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AccountingTest {

  private static final Demand GUESS = new Demand("m", 10, 20, 0, 0, 0);
  private static final HubError REFUSED =
      new HubError.RateLimited("tokens of this key", "used up", Duration.ofSeconds(3));

  private final FakeLoop loop = new FakeLoop();
  private final ScriptedAnswer backend = new ScriptedAnswer();
  private final Collector caller = new Collector(2);
  private final List<Demand> settled = new ArrayList<>();
  private final List<String> outcomes = new ArrayList<>();
  private final CallRecord record =
      new CallRecord(new CallFacts("r", "chat", "m", true, Caller.ANYONE), 0);

  /** Limits whose reservations are what the test completes. */
  private final CompletableFuture<Reservation> reserving = new CompletableFuture<>();

  private void start() {
    Limits limits =
        new Limits() {
          @Override
          public CompletableFuture<Entry> enter(Caller who) {
            throw new IllegalStateException("calls enter at the edge");
          }

          @Override
          public Standing standing(Caller who) {
            throw new IllegalStateException("callers are told at the edge");
          }

          @Override
          public CompletableFuture<Reservation> reserve(Caller who, Demand demand) {
            assertThat(demand).isEqualTo(GUESS);
            return reserving;
          }

          @Override
          public CompletableFuture<List<Left>> left(Caller who) {
            throw new IllegalStateException("callers ask at the edge");
          }
        };
    Accounting accounting =
        new Accounting(
            limits, new Tariff(new Registry(List.of())), (_, outcome) -> outcomes.add(outcome));
    accounting.around(record, GUESS, loop, backend).subscribe(caller);
  }

  private void granted() {
    reserving.complete(settled::add);
    loop.runReady();
  }

  @Test
  void sendsNothingWhenTheReservationIsRefused() {
    start();
    reserving.completeExceptionally(new HubException(REFUSED));
    loop.runReady();
    assertThat(caller.error()).isEqualTo(REFUSED);
    assertThat(backend.isSubscribed()).isFalse();
    assertThat(settled).isEmpty();
    assertThat(outcomes).containsExactly("rate_limited");
  }

  @Test
  void tellsARefusalThatIsKnownAtOnce() {
    reserving.completeExceptionally(new HubException(REFUSED));
    start();
    loop.runReady();
    assertThat(caller.error()).isEqualTo(REFUSED);
    assertThat(backend.isSubscribed()).isFalse();
  }

  @Test
  void givesBackWhatComesAfterTheCallerLeft() {
    start();
    caller.cancel();
    granted();
    assertThat(backend.isSubscribed()).isFalse();
    assertThat(settled).containsExactly(Demand.of("m"));
    assertThat(outcomes).containsExactly("cancelled");
  }

  @Test
  void givesBackWhatComesAfterTheLoopEnded() {
    start();
    loop.shutdown();
    reserving.complete(settled::add);
    assertThat(settled).containsExactly(Demand.of("m"));
  }

  @Test
  void givesEverythingBackWhenACallFailsBeforeItsFirstEvent() {
    start();
    granted();
    backend.fail(new IllegalStateException("broken"));
    assertThat(settled).containsExactly(Demand.of("m"));
    assertThat(caller.isOver()).isTrue();
  }

  @Test
  void settlesByWhatTheBackendCounted() {
    start();
    granted();
    backend.emit(Events.OPENED);
    record.events(1);
    record.usage(new TokenUsage(7, 5, 12, -1, -1, -1, -1));
    record.audioMillis(1_500);
    backend.complete();
    assertThat(settled).containsExactly(new Demand("m", 7, 5, 1_500, 0, 0));
    assertThat(outcomes).containsExactly("ok");
    assertThat(record.isGuess()).isFalse();
  }

  @Test
  void settlesACancelledCallByWhatItHadMade() {
    start();
    granted();
    backend.emit(Events.OPENED);
    record.events(4);
    caller.cancel();
    assertThat(settled).containsExactly(new Demand("m", 10, 4, 0, 0, 0));
    assertThat(record.isGuess()).isTrue();
    assertThat(outcomes).containsExactly("cancelled");
    assertThat(backend.isCancelled()).isTrue();
  }

  @Test
  void asksTheBackendForNoMoreThanTheCallerWantsAfterASlowStore() {
    start();
    caller.request(3);
    assertThat(backend.isSubscribed()).isFalse();
    granted();
    assertThat(backend.demand()).isEqualTo(5);
    backend.emit(Events.OPENED);
    assertThat(caller.events()).containsExactly(Events.OPENED);
    caller.request(1);
    assertThat(backend.demand()).isEqualTo(5);
  }
}
