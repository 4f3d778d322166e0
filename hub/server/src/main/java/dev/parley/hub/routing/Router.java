package dev.parley.hub.routing;

import dev.parley.core.content.MediaLinks;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import dev.parley.core.model.Target;
import dev.parley.core.model.Traits;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.registry.ServedModel;
import dev.parley.hub.routing.Plan.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plans calls: the name's rules say which targets count, what cannot do the job is left out, the
 * strategy orders the rest, and targets that are to be left alone now come last.
 */
public final class Router {

  private static final Duration CHARTED_AGAIN = Duration.ofSeconds(5);

  private Router() {}

  /**
   * Pure: the same arguments make the same plan. Fails with Forbidden, NotFound, CapabilityMissing,
   * NoHealthyBackend or InvalidRequest.
   *
   * @param health how a target is now
   * @param lot from 0, inclusive, to 1; decides whatever is drawn
   */
  public static Plan plan(Traits traits, RegistrySnapshot registry, HealthView health, double lot) {
    ServedModel model = find(traits, registry);
    Permission.check(traits);
    Lot draws = new Lot(lot);
    Expansion expansion = new Expansion(traits, health, draws, Fitness.Guess.COUNTS);
    List<Candidate> candidates = expansion.candidates(model);
    if (candidates.isEmpty()
        && model.targets().stream().anyMatch(t -> Fitness.isTooMuch(traits, t.model()))) {
      // Only the backend knows its tokens, and says so in words that callers look for.
      expansion = new Expansion(traits, health, draws, Fitness.Guess.IGNORED);
      candidates = expansion.candidates(model);
    }
    if (candidates.isEmpty()) {
      throw new HubException(cannot(traits, model, registry, expansion.passedOver()));
    }
    return new Plan(
        model,
        Policy.of(model.alias()),
        Triage.steps(candidates, draws),
        rejections(candidates, expansion.passedOver()));
  }

  /**
   * Fails as {@link #plan} does where the caller's key may not be used for such a call, for those
   * who can answer it without a plan.
   */
  public static void permit(Traits traits, RegistrySnapshot registry) {
    var _ = find(traits, registry);
    Permission.check(traits);
  }

  private static ServedModel find(Traits traits, RegistrySnapshot registry) {
    String name = traits.model().isEmpty() ? defaultName(traits, registry) : traits.model();
    Permission.check(name, traits.caller().scope());
    return registry.find(name).orElseThrow(() -> new HubException(unknown(name, registry)));
  }

  private static String defaultName(Traits traits, RegistrySnapshot registry) {
    return registry
        .defaultModel(traits.capability())
        .orElseThrow(() ->
            new HubException(
                new HubError.InvalidRequest(
                    "model",
                    "missing",
                    "the name of a model (GET /v1/models lists them; this hub has no default"
                        + " for "
                        + traits.capability().wireName()
                        + ")")));
  }

  /** A name that nobody knows may belong to a backend that could not be asked yet. */
  private static HubError unknown(String name, RegistrySnapshot registry) {
    List<String> uncharted = registry.uncharted().stream().map(RegisteredBackend::id).toList();
    if (!uncharted.isEmpty() && registry.nearest(name).isEmpty()) {
      return new HubError.NoHealthyBackend(name, uncharted, CHARTED_AGAIN);
    }
    return new HubError.NotFound(HubError.NotFound.Kind.MODEL, name, registry.nearest(name));
  }

  /** A target that cannot serve one way may well serve another. */
  private static List<Rejection> rejections(
      List<Candidate> candidates, Map<Target, String> passedOver) {
    if (passedOver.isEmpty()) {
      return List.of();
    }
    Map<Target, String> rest = new LinkedHashMap<>(passedOver);
    candidates.forEach(candidate -> rest.remove(candidate.target()));
    List<Rejection> rejections = new ArrayList<>(rest.size());
    rest.forEach((target, reason) -> rejections.add(new Rejection(target, reason)));
    return rejections;
  }

  private static HubError cannot(
      Traits traits, ServedModel model, RegistrySnapshot registry, Map<Target, String> passedOver) {
    String pinned = traits.caller().backend();
    if (!pinned.isEmpty() && registry.backend(pinned).isEmpty()) {
      return new HubError.InvalidRequest("backend", pinned, existing(pinned, registry));
    }
    Set<String> reasons = new LinkedHashSet<>(passedOver.values());
    if (reasons.equals(Set.of(Fitness.NOT_ALLOWED))) {
      return Permission.noBackend(model.name());
    }
    if (reasons.contains(Fitness.NO_LINKS)) {
      return new HubError.InvalidRequest(
          traits.link(),
          "a URL that a backend would have to fetch",
          MediaLinks.ALLOWED
              + "; URLs are for backends of which the operator says media_urls: true, and model '"
              + model.name()
              + "' has none that could serve this");
    }
    if (reasons.equals(Set.of(Fitness.NOT_LOCAL))) {
      return new HubError.CapabilityMissing(
          model.name(),
          "none of its backends is local, and the content may only go to local ones",
          "local: true marks a backend as local in the hub's configuration");
    }
    return new HubError.CapabilityMissing(
        model.name(),
        reasons.isEmpty() ? "it has no target" : String.join("; ", reasons),
        "GET /v1/models shows what each model can do");
  }

  private static String existing(String pinned, RegistrySnapshot registry) {
    List<String> ids = registry.backends().stream().map(RegisteredBackend::id).toList();
    return "the id of a backend"
        + NearestName.of(pinned, ids).map(near -> "; did you mean " + near + "?").orElse("");
  }
}
