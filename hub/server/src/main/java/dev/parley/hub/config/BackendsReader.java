package dev.parley.hub.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the list of backends, full and flat entries mixed. */
final class BackendsReader {

  private record Entry(YamlMap map, boolean flat, Optional<Text> id) {}

  private final Reading reading;
  private final UniqueIds chosenIds;
  private final Set<String> takenIds = new HashSet<>();
  private final Map<String, Integer> flatLines = new HashMap<>();

  private BackendsReader(Reading reading) {
    this.reading = reading;
    this.chosenIds = new UniqueIds(reading);
  }

  /** The backends of a list that is written at this spot. */
  static List<BackendConfig> read(Reading reading, List<Node> items, Spot spot) {
    BackendsReader reader = new BackendsReader(reading);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      YamlMap map = YamlMap.ofAnyKeys(reading, items.get(i), spot.item(i));
      if (items.get(i) instanceof MappingNode) {
        entries.add(reader.opened(map));
      }
    }
    return entries.stream().flatMap(entry -> reader.read(entry).stream()).toList();
  }

  // All ids that people chose come before the first made one, which keeps out of their way.
  private Entry opened(YamlMap map) {
    boolean flat = FlatBackendReader.isFlat(map);
    String allowed = flat ? Names.MODEL_ALLOWED : Names.BACKEND_ALLOWED;
    Optional<Text> id =
        map.required("id", allowed)
            .filter(text ->
                text.matching(flat ? Names::isModel : Names::isBackend, allowed).isPresent())
            .filter(text -> flat || chosenIds.add(text));
    if (!flat) {
      id.ifPresent(text -> takenIds.add(text.value()));
    }
    return new Entry(map, flat, id);
  }

  /** An entry without a good id is read for its other problems only. */
  private Optional<BackendConfig> read(Entry entry) {
    String id = entry.id().map(Text::value).orElse("unusable");
    BackendConfig backend =
        entry.flat()
            ? FlatBackendReader.read(
                reading, entry.map(), id, FlatBackendReader.backendId(id, takenIds::add))
            : new BackendReader(reading, entry.map()).readFull(id);
    if (entry.flat()) {
      entry.id().ifPresent(text -> refuseTwin(text, backend));
    }
    return entry.id().map(_ -> backend);
  }

  /** The same model at two addresses is wanted, twice at the same one is a slip. */
  private void refuseTwin(Text id, BackendConfig backend) {
    Integer first = flatLines.putIfAbsent(id.value() + ' ' + backend.baseUrl(), id.line());
    if (first != null) {
      id.refused("another id or base_url; the same pair is on line " + first);
    }
  }
}
