package dev.parley.hub.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the replicas of a model that fail much more often than their like, though not often enough
 * for their breakers. At most half of them count as outliers, the worst first, so that trouble that
 * all have takes none away.
 */
final class Outliers {

  private static final int CALLS_MIN = 10;
  private static final double RATE_MIN = 0.2;
  private static final double TIMES_THE_MEDIAN = 2;

  private Outliers() {}

  /** Those among the candidates, which are all ready. */
  static Set<Candidate> among(List<Candidate> ready) {
    if (ready.size() < 2 || ready.stream().noneMatch(Outliers::isSuspect)) {
      return Set.of();
    }
    Map<String, List<Candidate>> byModel = new LinkedHashMap<>();
    for (Candidate candidate : ready) {
      byModel.computeIfAbsent(candidate.target().model(), _ -> new ArrayList<>()).add(candidate);
    }
    Set<Candidate> outliers = new HashSet<>();
    byModel.values().forEach(replicas -> outliers.addAll(worst(replicas)));
    return outliers;
  }

  private static List<Candidate> worst(List<Candidate> replicas) {
    return replicas.stream()
        .filter(Outliers::isSuspect)
        .filter(suspect -> suspect.failureRate() >= TIMES_THE_MEDIAN * peers(suspect, replicas))
        .sorted(Comparator.comparingDouble(Candidate::failureRate).reversed())
        .limit(replicas.size() / 2)
        .toList();
  }

  private static boolean isSuspect(Candidate candidate) {
    return candidate.vitals().calls() >= CALLS_MIN && candidate.failureRate() >= RATE_MIN;
  }

  /** The median failure rate of all others; who had no calls has no failures. */
  private static double peers(Candidate suspect, List<Candidate> replicas) {
    double[] rates =
        replicas.stream()
            .filter(other -> !other.target().equals(suspect.target()))
            .mapToDouble(Candidate::failureRate)
            .toArray();
    if (rates.length == 0) {
      return suspect.failureRate();
    }
    Arrays.sort(rates);
    int half = rates.length / 2;
    return rates.length % 2 == 1 ? rates[half] : (rates[half - 1] + rates[half]) / 2;
  }
}
