package dev.parley.hub.resilience;

import static dev.parley.hub.fake.Events.OPENED;
import static dev.parley.hub.fake.Events.chunks;
import static dev.parley.hub.fake.Events.content;
import static dev.parley.hub.fake.Events.empty;
import static dev.parley.hub.fake.Events.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.hub.fake.Collector;
import dev.parley.hub.fake.FakeLoop;
import dev.parley.hub.resilience.ExecutionHarness.Call;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutionTest {

  private static final DocumentEvent CONTENT = chunks(content("{\"c\":1}"));
  private static final DocumentEvent MORE = chunks(content("{\"c\":2}"));
  private static final DocumentEvent WHOLE = whole("{\"w\":1}");

  private final FakeLoop loop = new FakeLoop();
  private final FakeWork work = new FakeWork();
  private final Collector caller = new Collector(Long.MAX_VALUE);
  private final ExecutionHarness hub = new ExecutionHarness(loop, work);

  @AfterEach
  void holdsNothing() {
    if (caller.isOver()) {
      hub.assertNothingHeld();
    }
  }

  @Test
  void answersFromTheFirstCandidate() {
    start(hub.on("a", "b"));
    work.on("a").emit(OPENED);
    work.on("a").emit(WHOLE);
    work.on("a").complete();
    assertThat(caller.events()).containsExactly(OPENED, WHOLE);
    assertThat(caller.isCompleted()).isTrue();
    assertThat(work.order()).containsExactly("a");
  }

  @Test
  void triesTheSameTargetOnceMoreBeforeItFailsOver() {
    start(hub.on("a", "b"));
    work.on("a").fail(failed("a", 500));
    loop.advance(Duration.ofSeconds(1));
    work.on("a").fail(failed("a", 500));
    loop.advance(Duration.ofSeconds(1));
    work.on("b").emit(WHOLE);
    work.on("b").complete();
    assertThat(work.order()).containsExactly("a", "a", "b");
    assertThat(caller.events()).containsExactly(WHOLE);
  }

  @Test
  void theCallerSeesNothingOfAnAttemptThatFailedBeforeItsFirstOutput() {
    start(hub.on("a", "b"));
    work.on("a").emit(OPENED);
    work.on("a").emit(chunks(empty()));
    assertThat(caller.events()).isEmpty();
    work.on("a").fail(late(Stage.IDLE));
    work.on("b").emit(OPENED);
    work.on("b").emit(CONTENT);
    loop.advance(Duration.ofSeconds(1));
    assertThat(caller.events()).containsExactly(OPENED, CONTENT);
  }

  @Test
  void streamsThatStartAndDieDieUnseen() {
    start(hub.on("a", "b"));
    work.on("a").emit(CONTENT);
    assertThat(caller.events()).isEmpty();
    work.on("a").fail(late(Stage.IDLE));
    work.on("b").emit(MORE);
    loop.advance(ExecutionHarness.HOLD_BACK);
    assertThat(caller.events()).containsExactly(MORE);
  }

  @Test
  void holdsTheFirstOutputNoLongerThanItsWindow() {
    start(hub.on("a", "b"));
    work.on("a").emit(CONTENT);
    loop.advance(ExecutionHarness.HOLD_BACK.minusNanos(1));
    assertThat(caller.events()).isEmpty();
    loop.advance(Duration.ofNanos(1));
    assertThat(caller.events()).containsExactly(CONTENT);
  }

  @Test
  void theSecondOutputEndsTheHoldBack() {
    start(hub.on("a", "b"));
    work.on("a").emit(CONTENT);
    work.on("a").emit(MORE);
    assertThat(caller.events()).containsExactly(CONTENT, MORE);
  }

  @Test
  void holdsNothingBackWhereThereIsNobodyElse() {
    start(hub.on("a"));
    work.on("a").emit(CONTENT);
    assertThat(caller.events()).containsExactly(CONTENT);
  }

  @Test
  void failsWhenACommittedAnswerBreaks() {
    start(hub.on("a", "b"));
    work.on("a").emit(CONTENT);
    work.on("a").emit(MORE);
    work.on("a").fail(failed("a", 0));
    assertThat(caller.error())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> assertThat(error.reached()).isEqualTo(HubError.Reached.CALLER));
    assertThat(work.order()).containsExactly("a");
  }

  @Test
  void takesABrokenAnswerUpElsewhere() {
    work.canResumeOn("c");
    start(hub.on("a", "b", "c").resuming());
    work.on("a").emit(CONTENT);
    work.on("a").emit(MORE);
    work.on("a").fail(failed("a", 0));
    assertThat(work.order()).containsExactly("a", "c");
    work.on("c").emit(WHOLE);
    work.on("c").complete();
    assertThat(caller.events()).containsExactly(CONTENT, MORE, WHOLE);
    assertThat(caller.isCompleted()).isTrue();
  }

  @Test
  void tellsTheFirstFailureWhenNobodyCanTakeTheAnswerUp() {
    work.canResumeOn("b");
    start(hub.on("a", "b").resuming());
    work.on("a").emit(CONTENT);
    work.on("a").emit(MORE);
    work.on("a").fail(failed("a", 0));
    work.on("b").fail(rejected("b", 400, ""));
    assertThat(caller.error())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> assertThat(error.target().backend()).isEqualTo("a"));
  }

  @Test
  void doesNotRetryASilentRoute() {
    start(hub.on("a", "b"));
    loop.advance(ExecutionHarness.FIRST_BYTE);
    assertThat(work.on("a").isCancelled()).isTrue();
    assertThat(work.order()).containsExactly("a", "b");
  }

  @Test
  void endsWithTheOriginalErrorWhenThereIsNowhereToGo() {
    start(hub.on("a"));
    for (int i = 0; i < 4; i++) {
      loop.advance(Duration.ofSeconds(3));
      work.on("a").fail(failed("a", 503));
    }
    assertThat(work.attempts("a")).isEqualTo(4);
    assertThat(caller.error()).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void waitsAsLongAsABusyBackendAsksForWhenItIsTheOnlyOne() {
    start(hub.on("a"));
    work.on("a").fail(limited("a", Duration.ofSeconds(2)));
    loop.advance(Duration.ofMillis(1_999));
    assertThat(work.attempts("a")).isEqualTo(1);
    loop.advance(Duration.ofSeconds(1));
    assertThat(work.attempts("a")).isEqualTo(2);
  }

  @Test
  void turnsFromABusyBackendToTheNext() {
    start(hub.on("a", "b"));
    work.on("a").fail(limited("a", Duration.ofSeconds(2)));
    assertThat(work.order()).containsExactly("a", "b");
  }

  @Test
  void comesBackToABusyBackendWhenTheOthersFail() {
    start(hub.on("a", "b"));
    work.on("a").fail(limited("a", Duration.ofSeconds(2)));
    work.on("b").fail(late(Stage.CONNECT));
    loop.advance(Duration.ofSeconds(3));
    assertThat(work.order()).containsExactly("a", "b", "a");
  }

  @Test
  void doesNotWaitForARestThatTheCallersTimeCannotFit() {
    start(hub.on("a").patient(Duration.ofSeconds(1)));
    work.on("a").fail(limited("a", Duration.ofSeconds(2)));
    assertThat(caller.error())
        .isEqualTo(new HubError.RateLimited("a", "slow down", Duration.ofSeconds(2)));
  }

  @Test
  void laterCallsLeaveABusyBackendAlone() {
    start(hub.on("a", "b"));
    work.on("a").fail(limited("a", Duration.ofSeconds(2)));
    work.on("b").emit(WHOLE);
    work.on("b").complete();
    Collector next = new Collector(Long.MAX_VALUE);
    start(hub.on("a", "b"), next);
    assertThat(work.order()).containsExactly("a", "b", "b");
    next.cancel();
  }

  @Test
  void askTooMuchOfOneModelAndOnlyALargerOneIsAsked() {
    Call call = hub.on("a", "b", "c");
    call.context("a", OptionalInt.of(8_000));
    call.context("b", OptionalInt.of(8_000));
    call.context("c", OptionalInt.of(32_000));
    start(call);
    work.on("a").fail(rejected("a", 400, "context_length_exceeded"));
    assertThat(work.order()).containsExactly("a", "c");
  }

  @Test
  void contentThatIsRefusedIsNotRoutedAround() {
    start(hub.on("a", "b"));
    work.on("a").fail(rejected("a", 400, "content_filter"));
    assertThat(work.order()).containsExactly("a");
    assertThat(caller.error()).isInstanceOf(HubError.BackendRejected.class);
  }

  @Test
  void aStandInsRefusalIsNotTheCallersError() {
    start(hub.on("a", "b"));
    work.on("a").fail(late(Stage.CONNECT));
    work.on("b").fail(rejected("b", 400, "unsupported"));
    assertThat(caller.error())
        .isEqualTo(new HubError.DeadlineExceeded(Stage.CONNECT, Duration.ofSeconds(1)));
  }

  @Test
  void whatMustNotRunTwiceIsRepeatedOnlyWhileUnseen() {
    work.is(Repeatable.WHILE_UNSEEN);
    start(hub.on("a", "b"));
    work.on("a")
        .fail(
            new HubException(
                new HubError.BackendFailed(
                    new Target("a", "m"),
                    OptionalInt.empty(),
                    "refused",
                    HubError.Reached.NOBODY)));
    loop.advance(Duration.ofSeconds(1));
    work.on("a").fail(failed("a", 500));
    assertThat(work.order()).containsExactly("a", "a");
    assertThat(caller.error()).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void neverTakesLongerThanTheCallerWaits() {
    start(hub.on("a", "b").patient(Duration.ofSeconds(7)));
    loop.advance(ExecutionHarness.FIRST_BYTE);
    assertThat(work.order()).containsExactly("a", "b");
    loop.advance(Duration.ofSeconds(2));
    assertThat(caller.error())
        .isEqualTo(new HubError.DeadlineExceeded(Stage.TOTAL, Duration.ofSeconds(7)));
    assertThat(work.on("b").isCancelled()).isTrue();
  }

  @Test
  void aHedgeMayWin() {
    start(hub.on("a", "b").hedgedAfter(Duration.ofMillis(100)));
    loop.advance(Duration.ofMillis(100));
    assertThat(work.order()).containsExactly("a", "b");
    work.on("b").emit(WHOLE);
    assertThat(work.on("a").isCancelled()).isTrue();
    work.on("b").complete();
    assertThat(caller.events()).containsExactly(WHOLE);
  }

  @Test
  void aHedgeThatFailsLeavesTheFirstAttemptAlone() {
    start(hub.on("a", "b").hedgedAfter(Duration.ofMillis(100)));
    loop.advance(Duration.ofMillis(100));
    work.on("b").fail(late(Stage.CONNECT));
    work.on("a").emit(WHOLE);
    work.on("a").complete();
    assertThat(caller.isCompleted()).isTrue();
  }

  @Test
  void leavesAFailingTargetAloneAndTriesItAgainLater() {
    for (int i = 0; i < 5; i++) {
      Collector one = new Collector(Long.MAX_VALUE);
      start(hub.on("a", "b"), one);
      if (work.order().getLast().equals("a")) {
        work.on("a").fail(late(Stage.CONNECT));
      }
      work.on("b").emit(WHOLE);
      work.on("b").complete();
    }
    int before = work.attempts("a");
    start(hub.on("a", "b"), new Collector(Long.MAX_VALUE));
    assertThat(work.attempts("a")).isEqualTo(before);
    loop.advance(Duration.ofSeconds(2));
    start(hub.on("a", "b"), new Collector(Long.MAX_VALUE));
    assertThat(work.attempts("a")).isEqualTo(before + 1);
  }

  @Test
  void whoHasNowhereElseToGoIsServedSoonAfterItsTargetRecovers() {
    TargetState a = hub.target("a");
    long now = loop.nanoTime();
    for (int i = 0; i < 5; i++) {
      a.failed(now, a.admit(now));
    }
    // Probes that fail make the cool-down long.
    for (int i = 0; i < 4; i++) {
      loop.advance(Duration.ofSeconds(16));
      a.failed(loop.nanoTime(), a.admit(loop.nanoTime()));
    }
    assertThat(a.leftAloneNanos(loop.nanoTime())).isEqualTo(Duration.ofSeconds(15).toNanos());
    start(hub.on("a"));
    assertThat(work.order()).isEmpty();
    loop.advance(Duration.ofMillis(1_400));
    work.on("a").emit(WHOLE);
    work.on("a").complete();
    assertThat(caller.isCompleted()).isTrue();
  }

  @Test
  void thoseWhoWaitFollowTheFirstThatGotThrough() {
    TargetState a = hub.target("a");
    long now = loop.nanoTime();
    for (int i = 0; i < 5; i++) {
      a.failed(now, a.admit(now));
    }
    Collector next = new Collector(Long.MAX_VALUE);
    start(hub.on("a"));
    start(hub.on("a"), next);
    loop.advance(Duration.ofMillis(1_400));
    assertThat(work.attempts("a")).isEqualTo(1);
    work.on("a").emit(WHOLE);
    work.on("a").complete();
    loop.advance(Duration.ofMillis(400));
    assertThat(work.attempts("a")).isEqualTo(2);
    next.cancel();
  }

  @Test
  void cancelsWhateverRuns() {
    start(hub.on("a", "b"));
    work.on("a").emit(OPENED);
    caller.cancel();
    assertThat(work.on("a").isCancelled()).isTrue();
  }

  @Test
  void cancelsAPause() {
    start(hub.on("a"));
    work.on("a").fail(limited("a", Duration.ofSeconds(2)));
    caller.cancel();
    loop.advance(Duration.ofSeconds(5));
    assertThat(work.attempts("a")).isEqualTo(1);
  }

  @Test
  void givesNoMoreThanIsAskedFor() {
    Collector slow = new Collector(1);
    start(hub.on("a"), slow);
    work.on("a").emit(OPENED);
    work.on("a").emit(CONTENT);
    assertThat(slow.events()).containsExactly(OPENED);
    assertThat(work.on("a").demand()).isZero();
    slow.request(1);
    assertThat(slow.events()).containsExactly(OPENED, CONTENT);
    work.on("a").complete();
    assertThat(slow.isCompleted()).isTrue();
  }

  private void start(Call call) {
    start(call, caller);
  }

  private void start(Call call, Collector subscriber) {
    call.execution().subscribe(subscriber);
    loop.runReady();
  }

  static HubException failed(String backend, int status) {
    return new HubException(
        new HubError.BackendFailed(
            new Target(backend, "m"),
            status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
            "broke",
            HubError.Reached.BACKEND));
  }

  static HubException late(Stage stage) {
    return new HubException(new HubError.DeadlineExceeded(stage, Duration.ofSeconds(1)));
  }

  static HubException limited(String backend, Duration after) {
    return new HubException(new HubError.RateLimited(backend, "slow down", after));
  }

  static HubException rejected(String backend, int status, String code) {
    return new HubException(
        new HubError.BackendRejected(new Target(backend, "m"), status, "no", "", code, ""));
  }
}
