package dev.parley.hub.resilience;

import static dev.parley.hub.fake.Events.OPENED;
import static dev.parley.hub.fake.Events.chunks;
import static dev.parley.hub.fake.Events.content;
import static dev.parley.hub.fake.Events.empty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.hub.fake.Collector;
import dev.parley.hub.fake.Events;
import dev.parley.hub.fake.FakeLoop;
import dev.parley.hub.fake.ScriptedAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever backends and callers do, in whatever order. */
class ExecutionPropertyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int CALLS = 12;
  private static final int STEPS = 220;

  @Property(tries = 300)
  void permitsComeBackNothingIsCommittedTwiceAndEveryCallEndsInTime(@ForAll long seed) {
    new Play(new SplittableRandom(seed)).run();
  }

  /** One call with everything that the test has to know of it. */
  private static final class OneCall implements Work<DocumentEvent> {

    private final List<Tagged> attempts = new ArrayList<>();
    private final Collector caller;
    private final boolean resumes;
    private final int number;

    /** Attempts that take up a broken answer: their output may follow another one's. */
    private final Set<String> resumptions = new HashSet<>();

    OneCall(int number, long demand, boolean resumes) {
      this.number = number;
      this.caller = new Collector(demand);
      this.resumes = resumes;
    }

    @Override
    public Flow.Publisher<DocumentEvent> attempt(Target target) {
      return made(target);
    }

    private ScriptedAnswer made(Target target) {
      String tag = number + "." + attempts.size();
      Tagged next = new Tagged(tag, target, new ScriptedAnswer());
      attempts.add(next);
      return next.answer();
    }

    @Override
    public Progress progress(DocumentEvent event) {
      if (!(event instanceof DocumentEvent.Chunks(var chunks))) {
        return Progress.HEAD;
      }
      return switch (chunks.getFirst().kind()) {
        case EMPTY -> Progress.NOTHING;
        case CONTENT -> Progress.OUTPUT;
        case FINISH, USAGE -> Progress.LAST;
      };
    }

    @Override
    public Optional<Flow.Publisher<DocumentEvent>> resume(Target target) {
      if (!resumes) {
        return Optional.empty();
      }
      return Optional.of(subscriber -> {
        ScriptedAnswer answer = made(target);
        resumptions.add(attempts.getLast().tag());
        answer.subscribe(subscriber);
      });
    }

    List<Tagged> running() {
      return attempts.stream().filter(attempt -> attempt.answer().isRunning()).toList();
    }
  }

  private record Tagged(String tag, Target target, ScriptedAnswer answer) {}

  private static final class Play {

    private final SplittableRandom random;
    private final FakeLoop loop = new FakeLoop();
    private final List<OneCall> calls = new ArrayList<>();
    private final ExecutionHarness hub;

    Play(SplittableRandom random) {
      this.random = random;
      this.hub = new ExecutionHarness(loop, new FakeWork());
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        step();
        loop.runReady();
      }
      loop.advance(PATIENCE);
      calls.forEach(this::assertOver);
      calls.stream().filter(call -> !call.caller.isOver()).forEach(call -> call.caller.cancel());
      hub.assertNothingHeld();
      calls.forEach(Play::assertOneAnswer);
      assertRetriesFitTheBudget();
    }

    private void step() {
      if (calls.size() < CALLS && random.nextInt(10) < 2) {
        begin();
        return;
      }
      if (calls.isEmpty() || random.nextInt(10) < 2) {
        loop.advance(Duration.ofMillis(random.nextInt(2_000)));
        return;
      }
      OneCall call = calls.get(random.nextInt(calls.size()));
      if (random.nextInt(40) == 0 && !call.caller.isOver()) {
        call.caller.cancel();
      } else if (random.nextInt(8) == 0 && !call.caller.isOver()) {
        call.caller.request(1);
      } else {
        List<Tagged> running = call.running();
        if (!running.isEmpty()) {
          act(running.get(random.nextInt(running.size())));
        }
      }
    }

    private void begin() {
      OneCall call =
          new OneCall(
              calls.size(), random.nextBoolean() ? Long.MAX_VALUE : 2, random.nextInt(3) == 0);
      calls.add(call);
      ExecutionHarness.Call on =
          hub.on(random.nextBoolean() ? new String[] {"a", "b", "c"} : new String[] {"b"})
              .patient(PATIENCE)
              .with(call);
      if (call.resumes) {
        on.resuming();
      }
      if (random.nextInt(3) == 0) {
        on.hedgedAfter(Duration.ofMillis(300));
      }
      on.execution().subscribe(call.caller);
    }

    private void act(Tagged attempt) {
      ScriptedAnswer answer = attempt.answer();
      if (random.nextInt(4) == 0) {
        answer.fail(failure(attempt.target()));
      } else if (answer.demand() > 0) {
        switch (random.nextInt(5)) {
          case 0 -> answer.emit(OPENED);
          case 1 -> answer.emit(chunks(empty()));
          case 2 -> {
            answer.emit(chunks(finish(attempt.tag())));
            answer.complete();
          }
          default -> answer.emit(chunks(content("{\"tag\":\"" + attempt.tag() + "\"}")));
        }
      }
    }

    private static Chunk finish(String tag) {
      return new Chunk(Events.json("{\"tag\":\"" + tag + "\"}"), Chunk.Kind.FINISH, null);
    }

    private HubException failure(Target target) {
      return new HubException(
          switch (random.nextInt(8)) {
            case 0 ->
                new HubError.RateLimited("x", "slow", Duration.ofMillis(random.nextInt(4_000)));
            case 1 -> new HubError.DeadlineExceeded(Stage.CONNECT, Duration.ofSeconds(1));
            case 2 -> new HubError.Overloaded("busy", Duration.ZERO);
            case 3 -> new HubError.BackendRejected(target, 400, "no", "", "content_filter", "");
            case 4 -> new HubError.BackendRejected(target, 400, "no", "", "odd", "");
            case 5 -> new HubError.ModelLoading("m", Duration.ofSeconds(1));
            default ->
                new HubError.BackendFailed(
                    target, OptionalInt.of(500), "broke", HubError.Reached.BACKEND);
          });
    }

    /** A caller that reads is served or told within its patience. */
    private void assertOver(OneCall call) {
      if (call.caller.reads()) {
        assertThat(call.caller.isOver()).as("call %d", call.number).isTrue();
      }
    }

    /** Output of one attempt only, but for those that took its answer up. */
    private static void assertOneAnswer(OneCall call) {
      List<String> tags = call.caller.events().stream().flatMap(Play::tags).distinct().toList();
      assertThat(tags.stream().skip(1)).allMatch(call.resumptions::contains);
    }

    private static Stream<String> tags(DocumentEvent event) {
      return event instanceof DocumentEvent.Chunks(var chunks)
          ? chunks.stream()
              .map(chunk -> chunk.json().get("tag"))
              .filter(Objects::nonNull)
              .map(tag -> tag.asString())
          : Stream.empty();
    }

    private void assertRetriesFitTheBudget() {
      long again =
          hub.reports().stream()
              .filter(report -> report.reason() == AttemptReport.Reason.RETRY)
              .count();
      long windows = loop.nanoTime() / Duration.ofSeconds(10).toNanos() + 1;
      assertThat(again).isLessThanOrEqualTo(windows * 10 + CALLS * 3L);
    }
  }
}
