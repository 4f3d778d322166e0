package dev.parley.hub.dispatch;

import dev.parley.core.model.Caller;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.hub.config.HedgeConfig;
import dev.parley.hub.resilience.Candidate;
import dev.parley.hub.resilience.Job;
import dev.parley.hub.resilience.RetryBudget;
import dev.parley.hub.resilience.RetryBudgetSettings;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.routing.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Turns plans into jobs: adds the state of each target and what its name's owner allows. */
final class Jobs {

  /** One for each name with hedging: as many as the operator configured. */
  private final Map<HedgedName, RetryBudget> hedges = new ConcurrentHashMap<>();

  private record HedgedName(String name, int percent) {}

  Job of(Plan plan, DocumentCall call, Caller caller, Duration patience) {
    Policy policy = plan.policy();
    List<Candidate> candidates = new ArrayList<>(plan.chosen().size());
    for (Plan.Step step : plan.chosen()) {
      candidates.add(candidate(step, call));
    }
    return new Job(
        plan.model().name(),
        candidates,
        patience,
        caller.priority(),
        caller.key(),
        call.head().stream() ? policy.holdBack() : Duration.ZERO,
        policy.continueBroken() && call.head().stream()
            ? Job.Resumption.WHERE_POSSIBLE
            : Job.Resumption.NEVER,
        call.head().stream()
            ? Optional.empty()
            : policy.hedge().map(h -> hedge(plan.model().name(), h)));
  }

  private static Candidate candidate(Plan.Step step, DocumentCall call) {
    Target target = step.target();
    return new Candidate(
        target,
        step.model().contextLength(),
        step.backend().state().target(target.model()),
        step.backend().state(),
        step.backend().limits(call.kind().capability(), call.head().stream()),
        step.backend().retry());
  }

  private Job.Hedge hedge(String name, HedgeConfig config) {
    RetryBudget budget =
        hedges.computeIfAbsent(
            new HedgedName(name, config.budgetPercent()),
            hedged -> new RetryBudget(new RetryBudgetSettings(hedged.percent(), 1)));
    return new Job.Hedge(config.after(), budget);
  }
}
