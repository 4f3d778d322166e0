package dev.parley.hub.routing;

import dev.parley.hub.resilience.Vitals;
import dev.parley.hub.routing.Plan.Role;
import dev.parley.hub.routing.Plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Puts targets that are well before those that are to be left alone, else leaves their order. */
final class Triage {

  /** A backend that is down is looked at again about this soon. */
  private static final long PROBED_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

  private Triage() {}

  static List<Step> steps(List<Candidate> ordered, Lot lot) {
    if (ordered.size() == 1) {
      return List.of(only(ordered.getFirst()));
    }
    List<Candidate> ready = new ArrayList<>(ordered.size());
    List<Candidate> resting = new ArrayList<>();
    for (Candidate candidate : ordered) {
      (troubleOf(candidate).isEmpty() ? ready : resting).add(candidate);
    }
    Set<Candidate> outliers = Outliers.among(ready);
    if (!outliers.isEmpty()) {
      ready.stream().filter(outliers::contains).forEach(resting::add);
      ready.removeIf(outliers::contains);
    }
    resting.sort(Comparator.comparingLong(Triage::backInNanos));
    List<Step> steps = new ArrayList<>(ordered.size());
    for (Candidate candidate : dosed(ready, lot)) {
      steps.add(step(candidate, Role.READY, candidate.reason()));
    }
    for (Candidate candidate : resting) {
      steps.add(lastResort(candidate, troubleOf(candidate)));
    }
    return steps;
  }

  private static Step only(Candidate candidate) {
    String trouble = troubleOf(candidate);
    return trouble.isEmpty()
        ? step(candidate, Role.READY, candidate.reason())
        : lastResort(candidate, trouble);
  }

  private static Step lastResort(Candidate candidate, String trouble) {
    String why = trouble.isEmpty() ? "fails more often than its like" : trouble;
    return step(candidate, Role.LAST_RESORT, candidate.reason() + ", but " + why);
  }

  private static Step step(Candidate candidate, Role role, String reason) {
    return new Step(
        candidate.served().backend(), candidate.served().model(), candidate.target(), role, reason);
  }

  /** Why a target is to be left alone now; empty when calls are welcome. */
  private static String troubleOf(Candidate candidate) {
    Vitals vitals = candidate.vitals();
    if (!candidate.served().backend().isUsable()) {
      return "down at the last probe";
    }
    if (vitals.breaker() == Vitals.Breaker.OPEN) {
      return "it failed too often of late";
    }
    return vitals.leftAloneNanos() > 0 ? "it asked to be left alone for a while" : "";
  }

  private static long backInNanos(Candidate candidate) {
    long rest = candidate.vitals().leftAloneNanos();
    return candidate.served().backend().isUsable() ? rest : Math.max(rest, PROBED_AGAIN_NANOS);
  }

  /** Whoever recovers stands behind the others for all but its share of the calls. */
  private static List<Candidate> dosed(List<Candidate> ready, Lot lot) {
    List<Candidate> ahead = new ArrayList<>(ready.size());
    List<Candidate> behind = new ArrayList<>();
    for (Candidate candidate : ready) {
      boolean steps =
          candidate.recovers()
              && candidate.dosing() == Candidate.Dosing.OPEN
              && lot.draw() >= candidate.vitals().share();
      if (steps) {
        behind.add(candidate.because(candidate.reason() + ", a step back while it recovers"));
      } else {
        ahead.add(candidate);
      }
    }
    ahead.addAll(behind);
    return ahead;
  }
}
