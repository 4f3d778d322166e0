package dev.parley.hub.routing;

import dev.parley.hub.registry.ServedModel.Way;
import java.util.ArrayList;
import java.util.List;

/**
 * One way with those of its targets that can serve the call, best first; ranked among its like by
 * the first of them.
 */
record Branch(Way way, List<Candidate> candidates) {

  Candidate first() {
    return candidates.getFirst();
  }

  /** What tells it from its like, for as long as the configuration says the same. */
  String identity() {
    return switch (way) {
      case Way.Direct direct -> direct.target().target().toString();
      case Way.Through through -> through.model().name();
    };
  }

  /** The same, with the word on why it is where it is. */
  Branch because(String why) {
    return switch (way) {
      case Way.Direct _ -> new Branch(way, List.of(first().because(why)));
      case Way.Through through -> {
        List<Candidate> explained = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
          explained.add(
              candidate.because(
                  why + "; through " + through.model().name() + ": " + candidate.reason()));
        }
        yield new Branch(way, explained);
      }
    };
  }

  /** The same after the share of its first target was seen to. */
  Branch dosed() {
    List<Candidate> others = new ArrayList<>(candidates);
    others.set(0, first().dosed());
    return new Branch(way, others);
  }
}
