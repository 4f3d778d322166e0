package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import dev.parley.core.model.NearestName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code defaults}: a capability's name, and the model that stands in for none. */
final class DefaultsReader {

  private DefaultsReader() {}

  static Defaults read(
      Reading reading, Node node, List<BackendConfig> backends, List<ModelConfig> models) {
    YamlMap map = YamlMap.ofAnyKeys(reading, node, Spot.at("defaults"));
    List<String> known =
        Stream.concat(
                models.stream().map(ModelConfig::id),
                backends.stream().flatMap(b -> b.models().stream()).map(BackendModelConfig::id))
            .distinct()
            .toList();
    // A backend that lists no models is asked later, so any name may turn out to be one of its own.
    boolean open = backends.stream().anyMatch(backend -> backend.models().isEmpty());
    Map<Capability, String> chosen = new EnumMap<>(Capability.class);
    for (String key : map.keys()) {
      Optional<Capability> capability = Capability.byName(key);
      if (capability.isEmpty()) {
        reading.problem(
            map.line(key),
            map.spot(key).path(),
            Problem.UNKNOWN_KEY,
            String.join(", ", Capability.wireNames()),
            NearestName.of(key, Capability.wireNames()));
        continue;
      }
      map.text(key, capability.get().wireName())
          .flatMap(text -> model(text, known, open))
          .map(model -> chosen.putIfAbsent(capability.get(), model))
          .ifPresent(_ ->
              reading.problem(
                  map.line(key),
                  map.spot(key).path(),
                  "a second default for " + capability.get().wireName(),
                  "one for each capability"));
    }
    return new Defaults(chosen);
  }

  private static Optional<String> model(Text text, List<String> known, boolean open) {
    return open ? text.matching(Names::isModel, Names.MODEL_ALLOWED) : text.oneOf(known);
  }
}
