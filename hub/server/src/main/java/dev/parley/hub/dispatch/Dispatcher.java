package dev.parley.hub.dispatch;

import dev.parley.core.model.Amounts;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.model.Traits;
import dev.parley.core.spi.Backend;
import dev.parley.core.time.Clock;
import dev.parley.hub.cache.AnswerCache;
import dev.parley.hub.config.CachingConfig;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.registry.ServedModel;
import dev.parley.hub.resilience.Execution;
import dev.parley.hub.resilience.Job;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.routing.Router;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Takes calls from the edges and returns their answers. */
public final class Dispatcher {

  private final Registry registry;
  private final Accounting accounting;
  private final AnswerCache cache;
  private final Clock clock;
  private final RandomGenerator random;
  private final Jobs jobs = new Jobs();
  private final RunningCalls running = new RunningCalls();

  /**
   * @param random draws lots between targets and the pauses between tries; thread-safe
   */
  public Dispatcher(
      Registry registry,
      Accounting accounting,
      AnswerCache cache,
      Clock clock,
      RandomGenerator random) {
    this.registry = registry;
    this.cache = cache;
    this.accounting = accounting;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Starts a call. Nothing is sent before the events are subscribed to; a call that cannot be
   * planned fails there, too.
   *
   * @param loop the event loop of the caller's stream
   * @param callerPatience how long the caller is willing to wait
   */
  public Dispatched open(
      DocumentCall call, ScheduledExecutorService loop, Duration callerPatience) {
    CallRecord record = new CallRecord(CallFacts.of(call), clock.nanoTime());
    Flow.Publisher<DocumentEvent> run =
        subscriber ->
            execution(call, loop, callerPatience, record)
                .subscribe(running.watched(new Metered(subscriber, record, clock), loop));
    return new Dispatched(
        accounting.around(
            record, TokenEstimate.demand(call), loop, answered(call, loop, record, run)),
        record);
  }

  /** The call itself, or what was answered to the same one before. */
  private Flow.Publisher<DocumentEvent> answered(
      DocumentCall call,
      ScheduledExecutorService loop,
      CallRecord record,
      Flow.Publisher<DocumentEvent> run) {
    Optional<CachingConfig> caching =
        registry
            .snapshot()
            .named(call.head().model(), call.kind().capability())
            .flatMap(ServedModel::alias)
            .flatMap(ModelConfig::cache);
    if (caching.isEmpty() || !DocumentQuestion.isRepeatable(call)) {
      return run;
    }
    return subscriber -> {
      Router.permit(call.traits(Amounts.NONE), registry.snapshot());
      cache
          .around(DocumentQuestion.of(call, caching.get(), record, loop), run)
          .subscribe(subscriber);
    };
  }

  /** The calls on their way. */
  public RunningCalls running() {
    return running;
  }

  private Execution<DocumentEvent> execution(
      DocumentCall call,
      ScheduledExecutorService loop,
      Duration callerPatience,
      CallRecord record) {
    Plan plan = plan(call);
    Job job = jobs.of(plan, call, CallerWishes.of(call), callerPatience);
    boolean alone = plan.chosen().size() == 1;
    Plan.Step first = plan.chosen().getFirst();
    Function<Target, Backend> backends =
        alone ? _ -> first.backend().backend() : backends(plan)::get;
    DocumentWork.Deadline deadline =
        CallerTime.isLimited(callerPatience)
            ? new DocumentWork.Deadline(clock, clock.nanoTime() + callerPatience.toNanos())
            : null;
    DocumentWork.Memory memory =
        job.resumption() == Job.Resumption.WHERE_POSSIBLE
            ? DocumentWork.Memory.KEPT
            : DocumentWork.Memory.NONE;
    return new Execution<>(
        new DocumentWork(call, backends, deadline, memory),
        job,
        new CallListener(record),
        loop,
        clock,
        random);
  }

  /** Where the call would go now, and why. Fails as the call would that cannot be planned. */
  public Plan plan(DocumentCall call) {
    RegistrySnapshot snapshot = registry.snapshot();
    Amounts amounts =
        snapshot
            .find(call.head().model())
            .map(model -> TokenEstimate.of(call, model))
            .orElse(Amounts.NONE);
    Traits traits = call.traits(amounts).withCaller(CallerWishes.of(call));
    long now = clock.nanoTime();
    return Router.plan(
        traits,
        snapshot,
        (backend, target) -> backend.vitals(target.model(), now),
        random.nextDouble());
  }

  private static Map<Target, Backend> backends(Plan plan) {
    return plan.chosen().stream()
        .collect(
            Collectors.toMap(Plan.Step::target, step -> step.backend().backend(), (a, _) -> a));
  }
}
