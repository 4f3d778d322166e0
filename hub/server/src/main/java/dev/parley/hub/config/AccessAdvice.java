package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What keys of a configuration name in vain, and what is too easily guessed. */
final class AccessAdvice {

  private final HubConfig config;
  private final RouteAdvice.Sink sink;
  private final Set<String> backends = new HashSet<>();
  private final Set<String> models = new HashSet<>();
  private boolean allModelsSaid;

  AccessAdvice(HubConfig config, RouteAdvice.Sink sink) {
    this.config = config;
    this.sink = sink;
    // Without any backend there is nothing to compare with but the hub's own engines.
    allModelsSaid = !config.backends().isEmpty();
    config.models().forEach(model -> models.add(model.id()));
    for (BackendConfig backend : config.backends()) {
      backends.add(backend.id());
      // A backend that lists none is asked for its models once the hub runs.
      allModelsSaid &= !backend.models().isEmpty();
      backend.models().forEach(model -> models.add(model.id()));
    }
  }

  void look() {
    List<StaticKeyConfig> keys = config.own().access().keys();
    for (int i = 0; i < keys.size(); i++) {
      StaticKeyConfig key = keys.get(i);
      if (key.source() == StaticKeyConfig.Source.CONFIGURATION) {
        look("access.keys[" + i + "]", key);
      }
    }
  }

  private void look(String at, StaticKeyConfig key) {
    if (key.secret().value().length() < StaticKeyConfig.SECRET_CHARS_FINE) {
      sink.add(at + ".key", "short enough to be guessed; parley keys create makes long ones");
    }
    for (String backend : key.key().scope().backends()) {
      if (!backends.contains(backend)) {
        sink.add(
            at + ".backends",
            Shown.quoted(backend) + " is no configured backend" + nearest(backend, backends));
      }
    }
    for (String model : key.key().scope().models()) {
      if (allModelsSaid && !isModel(model)) {
        sink.add(
            at + ".models",
            Shown.quoted(model) + " is no configured model" + nearest(model, models));
      }
    }
  }

  private boolean isModel(String name) {
    return name.endsWith("*")
        ? models.stream().anyMatch(m -> m.startsWith(name.substring(0, name.length() - 1)))
        : models.contains(name);
  }

  private static String nearest(String name, Set<String> known) {
    return NearestName.of(name, known)
        .map(near -> "; did you mean " + Shown.quoted(near) + "?")
        .orElse("");
  }
}
