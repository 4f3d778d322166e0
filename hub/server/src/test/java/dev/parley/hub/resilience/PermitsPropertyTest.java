package dev.parley.hub.resilience;

import static dev.parley.hub.fake.Events.OPENED;
import static dev.parley.hub.fake.Events.chunks;
import static dev.parley.hub.fake.Events.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Priority;
import dev.parley.hub.fake.Collector;
import dev.parley.hub.fake.FakeLoop;
import dev.parley.hub.fake.ScriptedAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Permits are never over-granted and always come back, in whatever order things happen. */
class PermitsPropertyTest {

  private static final DocumentEvent CONTENT = chunks(content("{}"));
  private static final TimeLimits LIMITS =
      new TimeLimits(
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(6));

  /** What happens next. */
  enum Act {
    START,
    START_AND_CANCEL_AT_ONCE,
    CANCEL,
    HEAD,
    CONTENT,
    COMPLETE,
    FAIL,
    REQUEST,
    TURN_THE_LOOP,
    PASS_HALF_A_SECOND
  }

  private record Call(Collector caller, ScriptedAnswer backend) {}

  @Property
  void permitsComeBack(
      @ForAll @IntRange(min = 1, max = 3) int concurrency,
      @ForAll @IntRange(max = 3) int queue,
      @ForAll @Size(max = 60) List<Act> acts,
      @ForAll @Size(value = 60) List<@IntRange(max = 7) Integer> whom) {
    FakeLoop loop = new FakeLoop();
    Bulkhead bulkhead = new Bulkhead(concurrency, queue);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < acts.size(); i++) {
      act(acts.get(i), whom.get(i), calls, bulkhead, loop);
      assertThat(bulkhead.running()).isBetween(0, concurrency);
      assertThat(bulkhead.queued()).isBetween(0, queue);
      assertThat(calls.stream().filter(call -> call.backend().isRunning()).count())
          .isLessThanOrEqualTo(bulkhead.running());
    }
    loop.advance(LIMITS.total().plusSeconds(1));
    assertThat(calls).allMatch(call -> call.caller().isOver());
    assertThat(calls).noneMatch(call -> call.backend().isRunning());
    assertThat(bulkhead.running()).isZero();
    assertThat(bulkhead.queued()).isZero();
    assertThat(loop.pending()).isZero();
  }

  private static void act(Act act, int whom, List<Call> calls, Bulkhead bulkhead, FakeLoop loop) {
    switch (act) {
      case START -> start(new Collector(1), calls, bulkhead, loop);
      case START_AND_CANCEL_AT_ONCE -> {
        Collector gone = new Collector(1);
        gone.cancel();
        start(gone, calls, bulkhead, loop);
      }
      case CANCEL -> with(calls, whom, call -> call.caller().cancel());
      case HEAD -> running(calls, whom, call -> call.backend().emit(OPENED));
      case CONTENT -> running(calls, whom, call -> call.backend().emit(CONTENT));
      case COMPLETE -> running(calls, whom, call -> call.backend().complete());
      case FAIL ->
          running(
              calls, whom, call -> call.backend().fail(new HubException(new HubError.Cancelled())));
      case REQUEST -> running(calls, whom, call -> call.caller().request(1));
      case TURN_THE_LOOP -> loop.runReady();
      case PASS_HALF_A_SECOND -> loop.advance(Duration.ofMillis(500));
    }
  }

  private static void start(Collector caller, List<Call> calls, Bulkhead bulkhead, FakeLoop loop) {
    ScriptedAnswer backend = new ScriptedAnswer();
    new Attempt<>(
            bulkhead,
            LIMITS,
            () -> backend,
            new FakeWork()::progress,
            "b",
            new Attempt.Claim(Priority.STANDARD, ""),
            loop,
            loop)
        .subscribe(caller);
    calls.add(new Call(caller, backend));
  }

  private static void with(List<Call> calls, int whom, Consumer<Call> act) {
    if (!calls.isEmpty()) {
      act.accept(calls.get(whom % calls.size()));
    }
  }

  private static void running(List<Call> calls, int whom, Consumer<Call> act) {
    with(
        calls,
        whom,
        call -> {
          if (call.backend().isRunning()) {
            act.accept(call);
          }
        });
  }
}
