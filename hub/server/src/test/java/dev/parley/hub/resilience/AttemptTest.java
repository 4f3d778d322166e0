package dev.parley.hub.resilience;

import static dev.parley.hub.fake.Events.OPENED;
import static dev.parley.hub.fake.Events.chunks;
import static dev.parley.hub.fake.Events.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Target;
import dev.parley.hub.fake.Collector;
import dev.parley.hub.fake.FakeLoop;
import dev.parley.hub.fake.ScriptedAnswer;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptTest {

  private static final Duration FIRST_BYTE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration TOTAL = Duration.ofSeconds(60);
  private static final DocumentEvent CONTENT = chunks(content("{\"c\":1}"));

  private final FakeLoop loop = new FakeLoop();
  private final Bulkhead bulkhead = new Bulkhead(1, 2);
  private final ScriptedAnswer backend = new ScriptedAnswer();
  private final Collector caller = new Collector(Long.MAX_VALUE);
  private boolean othersRun;

  /** Whatever a test did: what its call held is given back, and no timer is left. */
  @AfterEach
  void holdsNothing() {
    loop.runReady();
    if (caller.isOver()) {
      assertThat(bulkhead.running()).isEqualTo(othersRun ? 1 : 0);
      assertThat(loop.pending()).isZero();
    }
  }

  @Test
  void passesEventsOnAndCompletes() {
    subscribe();
    backend.emit(OPENED);
    backend.emit(CONTENT);
    backend.complete();
    assertThat(caller.events()).containsExactly(OPENED, CONTENT);
    assertThat(caller.isCompleted()).isTrue();
  }

  @Test
  void cancelsTheBackendWhenTheCallerCancels() {
    subscribe();
    backend.emit(CONTENT);
    caller.cancel();
    assertThat(backend.isCancelled()).isTrue();
  }

  @Test
  void callsNobodyWhenCancelledAtSubscription() {
    caller.cancel();
    subscribe();
    assertThat(backend.isSubscribed()).isFalse();
  }

  @Test
  void saysNothingAfterCancellation() {
    subscribe();
    caller.cancel();
    backend.emit(CONTENT);
    backend.fail(failed());
    assertThat(caller.events()).isEmpty();
    assertThat(caller.failure()).isNull();
  }

  @Test
  void endsWhenNoAnswerBeginsInTime() {
    subscribe();
    loop.advance(FIRST_BYTE.minusNanos(1));
    assertThat(caller.isOver()).isFalse();
    loop.advance(Duration.ofNanos(1));
    assertThat(caller.error())
        .isEqualTo(new HubError.DeadlineExceeded(Stage.FIRST_BYTE, FIRST_BYTE));
    assertThat(backend.isCancelled()).isTrue();
  }

  /** An accepted call is no answer: a server that sends its head and then hangs is late, too. */
  @Test
  void countsTheFirstByteFromTheSendingNotFromTheHead() {
    Collector slow = new Collector(1);
    attempt(() -> backend, TOTAL).subscribe(slow);
    loop.advance(FIRST_BYTE.minusSeconds(1));
    backend.emit(OPENED);
    slow.request(1);
    loop.advance(Duration.ofSeconds(1));
    assertThat(slow.error()).isEqualTo(new HubError.DeadlineExceeded(Stage.FIRST_BYTE, FIRST_BYTE));
  }

  @Test
  void endsWhenTheBackendPausesTooLong() {
    subscribe();
    backend.emit(CONTENT);
    loop.advance(IDLE.minusNanos(1));
    backend.emit(CONTENT);
    loop.advance(IDLE.minusNanos(1));
    assertThat(caller.isOver()).isFalse();
    loop.advance(Duration.ofNanos(1));
    assertThat(caller.error()).isEqualTo(new HubError.DeadlineExceeded(Stage.IDLE, IDLE));
  }

  @Test
  void aSlowReaderIsNotTheBackendsIdleness() {
    Collector slow = new Collector(1);
    attempt(() -> backend, TOTAL).subscribe(slow);
    backend.emit(CONTENT);
    loop.advance(IDLE.multipliedBy(4));
    assertThat(slow.isOver()).isFalse();
    slow.request(1);
    loop.advance(IDLE.minusNanos(1));
    assertThat(slow.isOver()).isFalse();
    loop.advance(Duration.ofNanos(1));
    assertThat(slow.error()).isEqualTo(new HubError.DeadlineExceeded(Stage.IDLE, IDLE));
  }

  @Test
  void endsWhenTheWholeCallTakesTooLong() {
    subscribe();
    for (int second = 0; second < 60; second++) {
      assertThat(caller.isOver()).isFalse();
      backend.emit(CONTENT);
      loop.advance(Duration.ofSeconds(1));
    }
    assertThat(caller.error()).isEqualTo(new HubError.DeadlineExceeded(Stage.TOTAL, TOTAL));
  }

  @Test
  void sendsNothingWhenTheCallerHasNoPatienceAtAll() {
    attempt(() -> backend, Duration.ZERO).subscribe(caller);
    assertThat(caller.error()).isEqualTo(new HubError.DeadlineExceeded(Stage.TOTAL, Duration.ZERO));
    assertThat(backend.isSubscribed()).isFalse();
  }

  @Test
  void waitsInTheQueueForAPermit() {
    occupy();
    subscribe();
    assertThat(bulkhead.queued()).isEqualTo(1);
    vacate();
    assertThat(backend.isSubscribed()).isTrue();
    backend.complete();
    assertThat(caller.isCompleted()).isTrue();
  }

  @Test
  void endsWhenTheQueueTakesTooLong() {
    occupy();
    subscribe();
    loop.advance(TOTAL);
    assertThat(caller.error()).isEqualTo(new HubError.DeadlineExceeded(Stage.QUEUE, TOTAL));
    assertThat(bulkhead.queued()).isZero();
  }

  @Test
  void leavesTheQueueWhenCancelled() {
    occupy();
    subscribe();
    caller.cancel();
    assertThat(bulkhead.queued()).isZero();
  }

  @Test
  void givesBackAPermitThatArrivesTooLate() {
    occupy();
    subscribe();
    bulkhead.exit();
    othersRun = false;
    caller.cancel();
    assertThat(bulkhead.running()).isEqualTo(1);
    loop.runReady();
    assertThat(bulkhead.running()).isZero();
    assertThat(backend.isSubscribed()).isFalse();
  }

  /** A waiter whose loop has stopped must not keep the permit, nor trouble who gave it back. */
  @Test
  void givesBackAPermitThatItsLoopTakesNoMore() {
    occupy();
    subscribe();
    loop.shutdown();
    bulkhead.exit();
    assertThat(bulkhead.running()).isZero();
  }

  @Test
  void refusesWhenTheQueueIsFull() {
    occupy();
    FakeWaiter.able().enters(bulkhead);
    FakeWaiter.able().enters(bulkhead);
    subscribe();
    assertThat(caller.error())
        .isEqualTo(
            new HubError.Overloaded("the queue of backend b is full", Duration.ofSeconds(1)));
  }

  @Test
  void endsWhenMoreUrgentCallsTakeItsPlace() {
    occupy();
    subscribe();
    FakeWaiter.able().enters(bulkhead, Priority.INTERACTIVE, "");
    FakeWaiter.able().enters(bulkhead, Priority.INTERACTIVE, "");
    assertThat(caller.isOver()).isFalse();
    loop.runReady();
    assertThat(caller.error())
        .isEqualTo(
            new HubError.Overloaded(
                "the queue of backend b is full of more urgent calls", Duration.ofSeconds(1)));
    assertThat(bulkhead.queued()).isEqualTo(2);
  }

  /** What it would have waited for longer than its caller is told so, and when to come back. */
  @Test
  void refusesAtOnceWhoWouldWaitTooLong() {
    occupy();
    bulkhead.exit(TOTAL.plusSeconds(1).toNanos());
    occupy();
    subscribe();
    assertThat(caller.error())
        .isEqualTo(new HubError.Overloaded("the queue of backend b is full", TOTAL.plusSeconds(1)));
  }

  @Test
  void failsWhenTheCallCannotBeMade() {
    attempt(
            () -> {
              throw failed();
            },
            TOTAL)
        .subscribe(caller);
    assertThat(caller.error()).isInstanceOf(HubError.BackendFailed.class);
  }

  private void subscribe() {
    attempt(() -> backend, TOTAL).subscribe(caller);
  }

  private Attempt<DocumentEvent> attempt(
      Supplier<Flow.Publisher<DocumentEvent>> call, Duration total) {
    return new Attempt<>(
        bulkhead,
        new TimeLimits(total, FIRST_BYTE, FIRST_BYTE, IDLE, total),
        call,
        new FakeWork()::progress,
        "b",
        new Attempt.Claim(Priority.STANDARD, ""),
        loop,
        loop);
  }

  private void occupy() {
    othersRun = true;
    assertThat(FakeWaiter.able().enters(bulkhead)).isEqualTo(Bulkhead.Admission.ADMITTED);
  }

  private void vacate() {
    othersRun = false;
    bulkhead.exit();
    loop.runReady();
  }

  private static HubException failed() {
    return new HubException(
        new HubError.BackendFailed(
            new Target("b", "m"), OptionalInt.of(500), "broke", HubError.Reached.BACKEND));
  }
}
