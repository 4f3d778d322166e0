package dev.parley.hub.routing;

import dev.parley.core.model.Traits;
import dev.parley.hub.config.Strategy;
import dev.parley.hub.resilience.Vitals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts ways in the order of a strategy; equals stay in the operator's order. */
final class Ranking {

  /**
   * Of so many plans by latency one looks at another target first, as a slow one may have mended.
   */
  static final double LOOKED_AT_AGAIN = 0.05;

  /** A target that has answered nothing after so many calls is no longer new. */
  private static final int NEW_CALLS_MAX = 2;

  /** A branch with its rank, the smallest goes first, and the words for it. */
  private record Ranked(Branch branch, double rank, String why) {
    Branch explained() {
      return branch.because(why);
    }
  }

  private static final Comparator<Ranked> BY_RANK = Comparator.comparingDouble(Ranked::rank);

  private final Traits traits;
  private final Lot lot;

  Ranking(Traits traits, Lot lot) {
    this.traits = traits;
    this.lot = lot;
  }

  List<Branch> by(Strategy strategy, List<Branch> branches) {
    return switch (strategy) {
      case PRIORITY -> inOrder(branches);
      case WEIGHTED -> weighted(branches);
      case LEAST_BUSY -> leastBusy(branches);
      case LEAST_LATENCY -> leastLatency(branches);
      case CHEAPEST -> cheapest(branches);
    };
  }

  /** The same key finds the same target, whatever the strategy. */
  List<Branch> kept(String key, String why, List<Branch> branches) {
    List<Ranked> ranked = new ArrayList<>(branches.size());
    for (Branch branch : branches) {
      double score = Rendezvous.score(key, branch.identity(), branch.way().weight());
      ranked.add(new Ranked(branch, score, why));
    }
    return sorted(ranked);
  }

  private static List<Branch> inOrder(List<Branch> branches) {
    List<Branch> ordered = new ArrayList<>(branches.size());
    for (Branch branch : branches) {
      ordered.add(branch.because("in the operator's order"));
    }
    return ordered;
  }

  private List<Branch> weighted(List<Branch> branches) {
    List<Ranked> ranked = new ArrayList<>(branches.size());
    for (Branch branch : branches) {
      int weight = branch.way().weight();
      Candidate first = branch.first();
      double draw = 1 - lot.draw();
      if (first.recovers()) {
        double rank = Rendezvous.arrival(draw, weight * first.vitals().share());
        String why = "by lot, weight " + weight + ", less as it recovers";
        ranked.add(new Ranked(branch.dosed(), rank, why));
      } else {
        double rank = Rendezvous.arrival(draw, weight);
        ranked.add(new Ranked(branch, rank, "by lot, weight " + weight));
      }
    }
    return sorted(ranked);
  }

  private static List<Branch> leastBusy(List<Branch> branches) {
    List<Ranked> ranked = new ArrayList<>(branches.size());
    for (Branch branch : branches) {
      Vitals vitals = branch.first().vitals();
      String why =
          "least busy first: "
              + (vitals.running() + vitals.queued())
              + " calls for "
              + vitals.concurrency()
              + " places";
      ranked.add(new Ranked(branch, vitals.load(), why));
    }
    return sorted(ranked);
  }

  private List<Branch> leastLatency(List<Branch> branches) {
    int again = lot.draw() < LOOKED_AT_AGAIN ? lot.place(branches.size() - 1) : 0;
    List<Ranked> ranked = new ArrayList<>(branches.size());
    for (Branch branch : branches) {
      Vitals vitals = branch.first().vitals();
      String why =
          vitals.firstByteMicros() < 0
              ? "fastest first: not measured yet"
              : "fastest first: " + vitals.firstByteMicros() / 1_000 + " ms to the first byte";
      ranked.add(new Ranked(branch, latency(vitals), why));
    }
    ranked.sort(BY_RANK);
    if (again > 0) {
      Ranked slow = ranked.remove(again);
      String why = "looked at again, as one call in 20 does; " + slow.why();
      ranked.addFirst(new Ranked(slow.branch(), slow.rank(), why));
    }
    return explained(ranked);
  }

  /**
   * One call at a time finds out how fast a new target is. While it runs, or when such calls
   * brought nothing to measure, the target waits behind those that are known.
   */
  private static double latency(Vitals vitals) {
    if (vitals.firstByteMicros() >= 0) {
      return vitals.firstByteMicros();
    }
    boolean untried = vitals.calls() <= NEW_CALLS_MAX && vitals.running() + vitals.queued() == 0;
    return untried ? -1 : Double.MAX_VALUE;
  }

  private List<Branch> cheapest(List<Branch> branches) {
    List<Ranked> ranked = new ArrayList<>(branches.size());
    for (Branch branch : branches) {
      long cost = Cost.of(traits, branch.first().served());
      String why =
          cost == Cost.UNKNOWN
              ? "cheapest first: no price"
              : "cheapest first: about " + cost / 1_000_000 + " millionths";
      double rank = cost == Cost.UNKNOWN ? Double.MAX_VALUE : cost;
      ranked.add(new Ranked(branch, rank, why));
    }
    return sorted(ranked);
  }

  private static List<Branch> sorted(List<Ranked> ranked) {
    ranked.sort(BY_RANK);
    return explained(ranked);
  }

  private static List<Branch> explained(List<Ranked> ranked) {
    List<Branch> branches = new ArrayList<>(ranked.size());
    for (Ranked one : ranked) {
      branches.add(one.explained());
    }
    return branches;
  }
}
