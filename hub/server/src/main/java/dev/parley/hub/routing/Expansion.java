package dev.parley.hub.routing;

import dev.parley.core.model.Privacy;
import dev.parley.core.model.Target;
import dev.parley.core.model.Traits;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.config.Stickiness;
import dev.parley.hub.registry.ServedModel;
import dev.parley.hub.registry.ServedModel.Route;
import dev.parley.hub.registry.ServedModel.Rule;
import dev.parley.hub.registry.ServedModel.ServedTarget;
import dev.parley.hub.registry.ServedModel.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the targets of a name: picks the rule, leaves out what cannot serve, follows other names,
 * and puts the rest in the operator's order. Made for one plan.
 */
final class Expansion {

  /**
   * What a name takes over from the name that led to it.
   *
   * @param privacy the strictest on the way
   * @param sticky what keeps its calls together; {@code NONE} where nothing does
   */
  private record Heritage(Privacy privacy, Stickiness sticky) {}

  private record Visit(String name, Heritage heritage) {}

  private final Traits traits;
  private final HealthView health;
  private final Fitness.Guess guess;
  private final Ranking ranking;
  private final Map<Target, String> passedOver = new LinkedHashMap<>();

  /** A name that several ways lead to is planned once, so that the work stays bounded. */
  private final Map<Visit, List<Candidate>> known = new HashMap<>();

  Expansion(Traits traits, HealthView health, Lot lot, Fitness.Guess guess) {
    this.traits = traits;
    this.health = health;
    this.guess = guess;
    this.ranking = new Ranking(traits, lot);
  }

  /** Those that can serve, in order. */
  List<Candidate> candidates(ServedModel model) {
    return expanded(model, new Heritage(traits.caller().privacy(), Stickiness.NONE));
  }

  /** Those that cannot, with the reason; one that can be reached another way may be among them. */
  Map<Target, String> passedOver() {
    return passedOver;
  }

  private List<Candidate> expanded(ServedModel model, Heritage from) {
    Heritage own = model.alias().map(config -> inherited(config, from)).orElse(from);
    Rule rule = ruleOf(model);
    Route route = rule == null ? model.route() : rule.route();
    List<Branch> branches = new ArrayList<>(route.ways().size());
    for (Way way : route.ways()) {
      Branch branch = new Branch(way, candidates(way, own));
      if (!branch.candidates().isEmpty()) {
        branches.add(branch);
      }
    }
    List<Candidate> ordered = withoutRepeats(ranked(route, own.sticky(), branches));
    return rule == null ? ordered : explained(rule, ordered);
  }

  private static Heritage inherited(ModelConfig config, Heritage from) {
    return new Heritage(
        from.privacy().and(config.privacy()),
        config.sticky() == Stickiness.NONE ? from.sticky() : config.sticky());
  }

  private @Nullable Rule ruleOf(ServedModel model) {
    for (Rule rule : model.rules()) {
      if (Conditions.hold(rule.when(), traits)) {
        return rule;
      }
    }
    return null;
  }

  private List<Candidate> candidates(Way way, Heritage heritage) {
    return switch (way) {
      case Way.Direct direct -> candidates(direct.target(), heritage.privacy());
      case Way.Through through -> {
        Visit visit = new Visit(through.model().name(), heritage);
        List<Candidate> found = known.get(visit);
        if (found == null) {
          found = expanded(through.model(), heritage);
          known.put(visit, found);
        }
        yield found;
      }
    };
  }

  private List<Candidate> candidates(ServedTarget served, Privacy privacy) {
    String missing = Fitness.missing(traits, privacy, guess, served);
    if (!missing.isEmpty()) {
      passedOver.putIfAbsent(served.target(), missing);
      return List.of();
    }
    return List.of(Candidate.of(served, health.of(served.backend(), served.target())));
  }

  private List<Branch> ranked(Route route, Stickiness sticky, List<Branch> branches) {
    if (branches.isEmpty()) {
      return branches;
    }
    if (branches.size() == 1) {
      String why =
          route.ways().size() == 1 ? "the only target" : "the only one of its name that can serve";
      return List.of(branches.getFirst().because(why));
    }
    String key =
        switch (sticky) {
          case NONE -> "";
          case SESSION -> traits.caller().session();
          case VOICE -> traits.voice();
        };
    return key.isEmpty()
        ? ranking.by(route.strategy(), branches)
        : ranking.kept(
            key, "kept for this " + (sticky == Stickiness.VOICE ? "voice" : "session"), branches);
  }

  private static List<Candidate> withoutRepeats(List<Branch> branches) {
    List<Candidate> all = new ArrayList<>(branches.size());
    Set<Target> seen = HashSet.newHashSet(branches.size());
    for (Branch branch : branches) {
      for (Candidate candidate : branch.candidates()) {
        if (seen.add(candidate.target())) {
          all.add(candidate);
        }
      }
    }
    return all;
  }

  private static List<Candidate> explained(Rule rule, List<Candidate> candidates) {
    List<Candidate> explained = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      explained.add(candidate.because(rule.words() + "; " + candidate.reason()));
    }
    return explained;
  }
}
