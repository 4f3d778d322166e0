package dev.parley.hub.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code targets} of one name and its rules. Names may be used before they are given, so
 * those that targets refer to are kept for a look once all are read.
 */
final class TargetsReader {

  private static final List<String> KEYS = List.of("backend", "model", "alias", "weight");
  private static final String ALLOWED =
      "1 to " + ModelConfig.TARGETS_MAX + " targets, each with backend and model, or with alias";

  private final Reading reading;
  private final Map<String, BackendConfig> backends;
  private final List<Text> aliases = new ArrayList<>();

  /**
   * @param backends by their ids
   */
  TargetsReader(Reading reading, Map<String, BackendConfig> backends) {
    this.reading = reading;
    this.backends = backends;
  }

  /** The names that targets refer to, as they are written. */
  List<Text> aliases() {
    return aliases;
  }

  /** The targets of an entry; none, or too many, only after a problem. */
  List<TargetConfig> read(YamlMap map) {
    if (!map.has("targets")) {
      map.missing("targets", ALLOWED);
      return List.of();
    }
    List<Node> items = map.items("targets");
    if (map.isList("targets") && (items.isEmpty() || items.size() > ModelConfig.TARGETS_MAX)) {
      reading.problem(
          map.line("targets"), map.spot("targets").path(), items.size() + " targets", ALLOWED);
    }
    List<TargetConfig> targets = new ArrayList<>();
    Set<TargetConfig> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      YamlMap entry = YamlMap.of(reading, items.get(i), map.spot("targets").item(i), KEYS);
      Optional<TargetConfig> target = target(entry);
      if (target.map(TargetsReader::unweighted).filter(t -> !seen.add(t)).isPresent()) {
        reading.problem(
            entry.line(), entry.spot().path(), "the same target again", "each target once");
      }
      target.ifPresent(targets::add);
    }
    return targets;
  }

  /** Whether a name or a rule can have these. */
  static boolean fits(List<TargetConfig> targets) {
    return !targets.isEmpty() && targets.size() <= ModelConfig.TARGETS_MAX;
  }

  private static TargetConfig unweighted(TargetConfig target) {
    return switch (target) {
      case TargetConfig.Served(String backend, String model, _) ->
          new TargetConfig.Served(backend, model, TargetConfig.WEIGHT_DEFAULT);
      case TargetConfig.Alias(String alias, _) ->
          new TargetConfig.Alias(alias, TargetConfig.WEIGHT_DEFAULT);
    };
  }

  private Optional<TargetConfig> target(YamlMap map) {
    int weight = map.whole("weight", TargetConfig.WEIGHT_RANGE, TargetConfig.WEIGHT_DEFAULT);
    if (!map.isMap()) {
      return Optional.empty();
    }
    return map.has("alias") ? alias(map, weight) : served(map, weight);
  }

  private Optional<TargetConfig> alias(YamlMap map, int weight) {
    for (String key : List.of("backend", "model")) {
      if (map.has(key)) {
        reading.problem(
            map.line(key),
            map.spot(key).path(),
            "given besides alias",
            "either alias, or backend and model");
      }
    }
    Optional<Text> alias =
        map.text("alias")
            .filter(text -> text.matching(Names::isModel, Names.MODEL_ALLOWED).isPresent());
    alias.ifPresent(aliases::add);
    return alias.map(text -> new TargetConfig.Alias(text.value(), weight));
  }

  private Optional<TargetConfig> served(YamlMap map, int weight) {
    List<String> known = backends.keySet().stream().sorted().toList();
    Optional<String> backend =
        map.required("backend", "the id of a backend").flatMap(text -> text.oneOf(known));
    Optional<Text> written = map.required("model", "the backend's own name for a model");
    Optional<String> model = written.flatMap(text -> servedModel(text, backend));
    return backend.flatMap(id -> model.map(name -> new TargetConfig.Served(id, name, weight)));
  }

  private Optional<String> servedModel(Text text, Optional<String> backend) {
    List<String> listed =
        backend.map(backends::get).stream()
            .flatMap(known -> known.models().stream())
            .map(BackendModelConfig::id)
            .toList();
    return listed.isEmpty()
        ? text.matching(Names::isModel, Names.MODEL_ALLOWED)
        : text.oneOf(listed);
  }
}
