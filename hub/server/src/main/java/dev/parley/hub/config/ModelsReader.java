package dev.parley.hub.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the names that callers use, and checks that each leads somewhere. */
final class ModelsReader {

  private final Reading reading;
  private final Map<String, BackendConfig> backendsById;
  private final UniqueIds ids;

  private ModelsReader(Reading reading, List<BackendConfig> backends) {
    this.reading = reading;
    this.backendsById =
        backends.stream().collect(Collectors.toMap(BackendConfig::id, Function.identity()));
    this.ids = new UniqueIds(reading);
  }

  static List<ModelConfig> read(Reading reading, YamlMap root, List<BackendConfig> backends) {
    ModelsReader reader = new ModelsReader(reading, backends);
    List<NamedEntry> entries = new ArrayList<>();
    List<Node> items = root.items("models");
    for (int i = 0; i < items.size(); i++) {
      Spot spot = root.spot("models").item(i);
      entries.add(reader.entry(YamlMap.of(reading, items.get(i), spot, ModelReader.KEYS)));
    }
    new NamesCheck(reading, backends, entries).report();
    return entries.stream().flatMap(entry -> entry.model().stream()).toList();
  }

  private NamedEntry entry(YamlMap map) {
    Optional<Text> id =
        map.required("id", Names.MODEL_ALLOWED)
            .filter(text -> text.matching(Names::isModel, Names.MODEL_ALLOWED).isPresent())
            .filter(ids::add);
    TargetsReader targets = new TargetsReader(reading, backendsById);
    // Read even without a good id, for the other problems it may have.
    Optional<ModelConfig> model =
        new ModelReader(reading, targets).read(id.map(Text::value).orElse("unusable"), map);
    return new NamedEntry(map, id, model.filter(_ -> id.isPresent()), targets.aliases());
  }
}
