package dev.parley.hub.config;

import dev.parley.core.model.Privacy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Looks at names once all are read: what they refer to is there, and the calls can be served. */
final class NamesCheck {

  private static final String LOCAL_ALLOWED =
      "at least one target on a backend with local: true, as privacy is local_only";

  private final Reading reading;
  private final List<BackendConfig> backends;
  private final List<NamedEntry> entries;
  private final Aliases aliases;

  NamesCheck(Reading reading, List<BackendConfig> backends, List<NamedEntry> entries) {
    this.reading = reading;
    this.backends = backends;
    this.entries = entries;
    this.aliases =
        new Aliases(backends, entries.stream().flatMap(e -> e.model().stream()).toList());
  }

  void report() {
    List<String> known =
        Stream.concat(
                entries.stream().flatMap(entry -> entry.id().stream()).map(Text::value),
                backends.stream().flatMap(b -> b.models().stream()).map(BackendModelConfig::id))
            .distinct()
            .toList();
    for (NamedEntry entry : entries) {
      entry.aliases().forEach(alias -> alias.oneOf(known));
      entry
          .model()
          .ifPresent(model -> {
            entry.id().ifPresent(id -> refuseHiding(id, model));
            refuseUnservable(entry.map(), model);
          });
    }
    aliases.faults().forEach(this::report);
  }

  private void report(AliasFault fault) {
    Optional<Text> step =
        entries.stream()
            .filter(entry -> entry.name().equals(fault.names().getFirst()))
            .flatMap(entry -> entry.aliases().stream())
            .filter(alias -> alias.value().equals(fault.names().get(1)))
            .findFirst();
    String allowed =
        switch (fault) {
          case AliasFault.Loop _ -> "aliases that lead to backends, without a loop";
          case AliasFault.TooDeep _ -> "at most " + AliasFault.DEPTH_MAX + " aliases in a row";
        };
    step.ifPresent(text -> reading.problem(text.line(), text.path(), fault.path(), allowed));
  }

  /** A name that a backend's model also has must lead there, or that model is out of reach. */
  private void refuseHiding(Text id, ModelConfig model) {
    boolean leadsThere =
        aliases.reach(model.allTargets()).stream().anyMatch(p -> p.model().equals(id.value()));
    backends.stream()
        .filter(backend -> !leadsThere && backend.lists(id.value()))
        .map(BackendConfig::id)
        .sorted()
        .findFirst()
        .ifPresent(backend ->
            id.refused("another name, as backend " + backend + " serves a model of this one"));
  }

  /** Calls that must not leave need a target that they may reach, by every rule. */
  private void refuseUnservable(YamlMap map, ModelConfig model) {
    if (model.privacy() != Privacy.LOCAL_ONLY) {
      return;
    }
    refuseAllRemote(map.spot("targets"), map.line("targets"), model.targets());
    List<Node> rules = map.isList("rules") ? map.items("rules") : List.of();
    // A rule that was refused leaves a gap, and the others cannot be told apart then.
    if (rules.size() == model.rules().size()) {
      for (int i = 0; i < rules.size(); i++) {
        int line = NodeGraph.line(rules.get(i));
        refuseAllRemote(map.spot("rules").item(i), line, model.rules().get(i).targets());
      }
    }
  }

  private void refuseAllRemote(Spot spot, int line, List<TargetConfig> targets) {
    Set<TargetConfig.Served> places = aliases.reach(targets);
    if (!places.isEmpty() && places.stream().noneMatch(aliases::isLocal)) {
      reading.problem(line, spot.path(), "no local target", LOCAL_ALLOWED);
    }
  }
}
