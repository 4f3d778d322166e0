package dev.parley.hub.speech;

import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.CallListener;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.resilience.Execution;
import dev.parley.hub.resilience.Job;
import dev.parley.hub.routing.Plan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.random.RandomGenerator;

/** Has backends speak pieces of texts. Thread-safe. */
final class SpeechCalls {

  private final Registry registry;
  private final KeptVoices kept;
  private final Clock clock;
  private final RandomGenerator random;

  SpeechCalls(Registry registry, KeptVoices kept, Clock clock, RandomGenerator random) {
    this.registry = registry;
    this.kept = kept;
    this.clock = clock;
    this.random = random;
  }

  /** Where a call may go as things stand now, best first. */
  List<Plan.Step> steps(SpeechCall call) {
    RegistrySnapshot snapshot = registry.snapshot();
    long now = clock.nanoTime();
    return SpeechTargets.steps(
        SpeechPlan.traits(call.order(), call.text()),
        snapshot,
        (backend, target) -> backend.vitals(target.model(), now),
        random.nextDouble());
  }

  /**
   * One piece, spoken by the first target of the plan that can.
   *
   * @param passing what the call has backends keep for as long as it runs
   */
  Flow.Publisher<UnitEvent> execution(
      SpeechCall call, SpeechPlan plan, Unit.Piece piece, PassingVoices passing) {
    SpeechOrder order = call.order();
    SpeechPlan now = plan.again(stepsNow(call), Optional.ofNullable(call.record().target()));
    Map<Target, SpeechStep> steps = new LinkedHashMap<>();
    now.steps().forEach(step -> steps.put(step.target(), step));
    Duration left = Duration.ofNanos(Math.max(1, call.endNanos() - clock.nanoTime()));
    Job job =
        new Job(
            call.modelName(),
            now.steps().stream().map(SpeechStep::candidate).toList(),
            left,
            order.caller().priority(),
            order.caller().key().isEmpty() ? order.requestId() : order.caller().key(),
            Duration.ZERO,
            Job.Resumption.WHERE_POSSIBLE,
            Optional.empty());
    return new Execution<>(
        new UnitWork(piece, order, steps, kept, passing, call.loop()),
        job,
        new CallListener(call.record()),
        call.loop(),
        clock,
        random);
  }

  private List<Plan.Step> stepsNow(SpeechCall call) {
    try {
      return steps(call);
    } catch (HubException _) {
      // What a reload took away goes on for those who use it.
      return List.of();
    }
  }
}
