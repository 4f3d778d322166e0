package dev.parley.hub.config;

import dev.parley.core.model.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for what a valid configuration says in vain: rules that no call reaches, targets that can
 * serve none, keys without effect. Pure; where something is not known, it is taken to be right.
 */
public final class RouteAdvice {

  private static final int ADVICE_MAX = 100;

  private final HubConfig config;
  private final List<Advice> found = new ArrayList<>();
  private int unlisted;

  private RouteAdvice(HubConfig config) {
    this.config = config;
  }

  /** In the order of the names, at most 101; the last then tells how many more there are. */
  public static List<Advice> of(HubConfig config) {
    RouteAdvice advice = new RouteAdvice(config);
    Aliases aliases = new Aliases(config.backends(), config.models());
    for (int i = 0; i < config.models().size(); i++) {
      ModelConfig model = config.models().get(i);
      String at = "models[" + i + "]";
      RuleAdvice.look(model, (path, message) -> advice.add(at + path, message));
      new TargetAdvice(aliases, model, (path, message) -> advice.add(at + path, message)).look();
      new KeyAdvice(aliases, model, (path, message) -> advice.add(at + path, message)).look();
    }
    new AccessAdvice(config, advice::add).look();
    advice.lookAtLimits();
    return advice.all();
  }

  /** A limit of a name that nobody can use limits nothing; one that was discovered is not known. */
  private void lookAtLimits() {
    if (config.backends().isEmpty()) {
      return;
    }
    Set<String> names = new TreeSet<>();
    config.models().forEach(model -> names.add(model.id()));
    for (BackendConfig backend : config.backends()) {
      if (backend.models().isEmpty()) {
        return;
      }
      backend.models().forEach(model -> names.add(model.id()));
    }
    for (String name : new TreeSet<>(config.own().limits().models().keySet())) {
      if (!names.contains(name)) {
        String nearest = NearestName.of(name, names).map(it -> "; nearest: " + it).orElse("");
        add("limits.models." + name, "no effect, as no model of this name is configured" + nearest);
      }
    }
  }

  /** Takes what was found about one name. */
  interface Sink {
    /**
     * Takes one thing.
     *
     * @param path below the name, such as {@code .rules[1]}
     */
    void add(String path, String message);
  }

  private void add(String path, String message) {
    if (found.size() < ADVICE_MAX) {
      found.add(new Advice(config.origins().file(), config.origins().line(path), path, message));
    } else {
      unlisted++;
    }
  }

  private List<Advice> all() {
    if (unlisted > 0) {
      found.add(new Advice(config.origins().file(), 0, "models", unlisted + " more warnings"));
    }
    return List.copyOf(found);
  }
}
