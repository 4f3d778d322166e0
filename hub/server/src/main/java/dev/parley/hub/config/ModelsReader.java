package dev.parley.hub.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the names that callers use, and checks that each leads somewhere. */
final class ModelsReader {

  private static final List<String> KEYS = List.of("id", "targets");
  private static final List<String> TARGET_KEYS = List.of("backend", "model", "weight");
  private static final String TARGETS_ALLOWED =
      "1 to " + ModelConfig.TARGETS_MAX + " targets, each with backend and model";

  private final Reading reading;
  private final Map<String, BackendConfig> backends;

  private ModelsReader(Reading reading, List<BackendConfig> backends) {
    this.reading = reading;
    this.backends =
        backends.stream().collect(Collectors.toMap(BackendConfig::id, Function.identity()));
  }

  static List<ModelConfig> read(Reading reading, YamlMap root, List<BackendConfig> backends) {
    ModelsReader reader = new ModelsReader(reading, backends);
    List<ModelConfig> models = new ArrayList<>();
    List<Node> items = root.items("models");
    UniqueIds ids = new UniqueIds(reading);
    for (int i = 0; i < items.size(); i++) {
      YamlMap map = YamlMap.of(reading, items.get(i), root.spot("models").item(i), KEYS);
      reader.model(map, ids).ifPresent(models::add);
    }
    return models;
  }

  private Optional<ModelConfig> model(YamlMap map, UniqueIds ids) {
    Optional<Text> id =
        map.required("id", Names.MODEL_ALLOWED)
            .filter(text -> text.matching(Names::isModel, Names.MODEL_ALLOWED).isPresent())
            .filter(ids::add);
    List<TargetConfig> targets = targets(map);
    id.ifPresent(text -> refuseHiding(text, targets));
    return id.filter(_ -> !targets.isEmpty() && targets.size() <= ModelConfig.TARGETS_MAX)
        .map(text -> ModelConfig.of(text.value(), targets));
  }

  private List<TargetConfig> targets(YamlMap map) {
    if (!map.has("targets")) {
      map.missing("targets", TARGETS_ALLOWED);
      return List.of();
    }
    List<Node> items = map.items("targets");
    if (map.isList("targets") && (items.isEmpty() || items.size() > ModelConfig.TARGETS_MAX)) {
      reading.problem(
          map.line("targets"),
          map.spot("targets").path(),
          items.size() + " targets",
          TARGETS_ALLOWED);
    }
    List<TargetConfig> targets = new ArrayList<>();
    Set<TargetConfig> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      YamlMap entry = YamlMap.of(reading, items.get(i), map.spot("targets").item(i), TARGET_KEYS);
      Optional<TargetConfig.Served> target = target(entry);
      if (target
          .map(t -> new TargetConfig.Served(t.backend(), t.model(), TargetConfig.WEIGHT_DEFAULT))
          .filter(t -> !seen.add(t))
          .isPresent()) {
        reading.problem(
            entry.line(), entry.spot().path(), "the same target again", "each target once");
      }
      target.ifPresent(targets::add);
    }
    return targets;
  }

  private Optional<TargetConfig.Served> target(YamlMap map) {
    List<String> known = backends.keySet().stream().sorted().toList();
    Optional<String> backend =
        map.required("backend", "the id of a backend").flatMap(text -> text.oneOf(known));
    Optional<Text> written = map.required("model", "the backend's own name for a model");
    Optional<String> model = written.flatMap(text -> servedModel(text, backend));
    int weight = map.whole("weight", TargetConfig.WEIGHT_RANGE, TargetConfig.WEIGHT_DEFAULT);
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

  /** A name that a backend's model also has must lead there, or that model is out of reach. */
  private void refuseHiding(Text id, List<TargetConfig> targets) {
    boolean leadsThere =
        targets.stream()
            .anyMatch(target ->
                target instanceof TargetConfig.Served served && served.model().equals(id.value()));
    backends.values().stream()
        .filter(backend -> !leadsThere && !targets.isEmpty() && backend.lists(id.value()))
        .map(BackendConfig::id)
        .sorted()
        .findFirst()
        .ifPresent(backend ->
            id.refused("another name, as backend " + backend + " serves a model of this one"));
  }
}
