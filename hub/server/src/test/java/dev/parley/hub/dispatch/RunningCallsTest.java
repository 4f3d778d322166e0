package dev.parley.hub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.hub.fake.Collector;
import dev.parley.hub.fake.Events;
import dev.parley.hub.fake.FakeLoop;
import dev.parley.hub.fake.ScriptedAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningCallsTest {

  private static final HubError STOPPING =
      new HubError.Overloaded("stopping", Duration.ofSeconds(1));

  private final FakeLoop loop = new FakeLoop();
  private final RunningCalls running = new RunningCalls();
  private final ScriptedAnswer backend = new ScriptedAnswer();
  private final Collector caller = new Collector(10);

  private void start() {
    backend.subscribe(running.watched(caller, loop));
  }

  @Test
  void passesACallOnAndForgetsItAtItsEnd() {
    start();
    backend.emit(Events.OPENED);
    assertThat(running.count()).isEqualTo(1);
    backend.complete();
    assertThat(caller.isCompleted()).isTrue();
    assertThat(running.count()).isZero();
    running.end(STOPPING);
    loop.runReady();
    assertThat(caller.failure()).isNull();
  }

  @Test
  void forgetsWhoFailsAndWhoLeaves() {
    start();
    backend.fail(new IllegalStateException("broken"));
    assertThat(running.count()).isZero();
    Collector leaver = new Collector(1);
    ScriptedAnswer other = new ScriptedAnswer();
    other.subscribe(running.watched(leaver, loop));
    leaver.cancel();
    assertThat(other.isCancelled()).isTrue();
    assertThat(running.count()).isZero();
  }

  @Test
  void endsACallOnItsOwnLoopAndCancelsItsBackend() {
    start();
    running.end(STOPPING);
    assertThat(caller.isOver()).isFalse();
    loop.runReady();
    assertThat(caller.error()).isEqualTo(STOPPING);
    assertThat(backend.isCancelled()).isTrue();
    assertThat(running.count()).isZero();
  }

  @Test
  void passesNothingOnOnceTheEndWasSaid() {
    start();
    running.end(STOPPING);
    backend.emit(Events.OPENED);
    assertThat(caller.events()).isEmpty();
    assertThat(caller.error()).isEqualTo(STOPPING);
    loop.runReady();
    assertThat(backend.isCancelled()).isTrue();
  }

  @Test
  void endsCallsThatComeAfterwards() {
    running.end(STOPPING);
    start();
    loop.runReady();
    assertThat(caller.error()).isEqualTo(STOPPING);
    assertThat(backend.isCancelled()).isTrue();
  }

  @Test
  void aLoopThatIsGoneHoldsNothingUp() {
    start();
    loop.shutdown();
    running.end(STOPPING);
    assertThat(running.count()).isZero();
  }
}
