package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Target;
import dev.parley.hub.fake.FakeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Backends with real state, in virtual time, and calls on them. */
final class ExecutionHarness {

  static final Duration FIRST_BYTE = Duration.ofSeconds(5);
  static final Duration HOLD_BACK = Duration.ofMillis(20);
  static final TimeLimits LIMITS =
      new TimeLimits(
          Duration.ofSeconds(30),
          FIRST_BYTE,
          FIRST_BYTE,
          Duration.ofSeconds(5),
          Duration.ofSeconds(60));

  private static final BackendSettings SETTINGS =
      new BackendSettings(
          4,
          8,
          new BreakerSettings(
              5,
              50,
              Duration.ofSeconds(30),
              20,
              Duration.ofSeconds(1),
              Duration.ofSeconds(15),
              1,
              Duration.ofSeconds(10)),
          new RetryBudgetSettings(20, 10));

  private final FakeLoop loop;
  private final Work<DocumentEvent> work;
  private final Map<String, BackendState> backends = new HashMap<>();
  private final List<AttemptReport> reports = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(7);

  ExecutionHarness(FakeLoop loop, Work<DocumentEvent> work) {
    this.loop = loop;
    this.work = work;
  }

  BackendState backend(String id) {
    return backends.computeIfAbsent(id, _ -> new BackendState(id, SETTINGS));
  }

  TargetState target(String backend) {
    return backend(backend).target("m");
  }

  /** Every attempt that ended, of all calls. */
  List<AttemptReport> reports() {
    return List.copyOf(reports);
  }

  void assertNothingHeld() {
    loop.runReady();
    backends
        .values()
        .forEach(state -> {
          assertThat(state.bulkhead().running()).isZero();
          assertThat(state.bulkhead().queued()).isZero();
          assertThat(state.waiting().waiting()).isZero();
        });
    assertThat(loop.pending()).isZero();
  }

  Call on(String... ids) {
    return new Call(List.of(ids));
  }

  /** A call that may go to some of the backends. */
  final class Call {
    private final List<String> ids;
    private final Map<String, OptionalInt> contexts = new HashMap<>();
    private Work<DocumentEvent> doing = work;
    private Duration patience = Duration.ofDays(1);
    private Job.Resumption resumption = Job.Resumption.NEVER;
    private Optional<Job.Hedge> hedge = Optional.empty();

    Call(List<String> ids) {
      this.ids = ids;
    }

    void context(String id, OptionalInt tokens) {
      contexts.put(id, tokens);
    }

    /** What the call does, instead of what all calls do. */
    Call with(Work<DocumentEvent> other) {
      doing = other;
      return this;
    }

    Call patient(Duration time) {
      patience = time;
      return this;
    }

    Call resuming() {
      resumption = Job.Resumption.WHERE_POSSIBLE;
      return this;
    }

    Call hedgedAfter(Duration time) {
      hedge = Optional.of(new Job.Hedge(time, new RetryBudget(new RetryBudgetSettings(50, 5))));
      return this;
    }

    Execution<DocumentEvent> execution() {
      List<Candidate> candidates = ids.stream().map(this::candidate).toList();
      Job job =
          new Job(
              "name", candidates, patience, Priority.STANDARD, "", HOLD_BACK, resumption, hedge);
      return new Execution<>(doing, job, new Listener(), loop, loop, random);
    }

    private Candidate candidate(String id) {
      return new Candidate(
          new Target(id, "m"),
          contexts.getOrDefault(id, OptionalInt.empty()),
          target(id),
          backend(id),
          LIMITS,
          new RetrySettings(
              2,
              4,
              new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2)),
              Duration.ofSeconds(10)));
    }
  }

  private final class Listener implements AttemptListener {
    @Override
    public void sent(Target target, long nowNanos) {}

    @Override
    public void committed(Target target, long nowNanos) {}

    @Override
    public void ended(AttemptReport report) {
      reports.add(report);
    }
  }
}
