package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A map of the file. Reports keys that are unknown or given twice and values of the wrong kind; a
 * null value counts as not given.
 */
final class YamlMap {

  /** Keys whose values never appear in a message. */
  private static final Set<String> SECRET_KEYS =
      Set.of("auth", "auth_password", "headers", "password", "token", "value");

  /** No list of a configuration is longer. */
  private static final int ITEMS_MAX = 1_000;

  private final Reading reading;
  private final Spot spot;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private boolean isMap;

  private YamlMap(Reading reading, Spot spot, int line) {
    this.reading = reading;
    this.spot = spot;
    this.line = line;
  }

  /** A map of which these keys are known. */
  static YamlMap of(Reading reading, Node node, Spot spot, List<String> known) {
    YamlMap map = ofAnyKeys(reading, node, spot);
    map.refuseOthers(known);
    return map;
  }

  /** A map whose keys are names, or not looked at yet. */
  static YamlMap ofAnyKeys(Reading reading, Node node, Spot spot) {
    YamlMap map = new YamlMap(reading, spot, NodeGraph.line(node));
    reading.origin(spot.effective(), new Origin.InFile(map.line));
    if (node instanceof MappingNode mapping) {
      map.isMap = true;
      map.index(mapping);
    } else {
      reading.problem(map.line, spot.path(), kind(node, isSecret(spot)), "a map of keys");
    }
    return map;
  }

  private void index(MappingNode mapping) {
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int keyLine = NodeGraph.line(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        reading.problem(keyLine, spot.path(), "a list or map as a key", "a name as the key");
        continue;
      }
      String key = scalar.getValue();
      Integer first = lines.putIfAbsent(key, keyLine);
      if (first != null) {
        reading.problem(
            keyLine, spot.key(key).path(), "duplicate key", "one; the first is on line " + first);
      } else {
        values.put(key, tuple.getValueNode());
      }
    }
  }

  void refuseOthers(List<String> known) {
    values.forEach((key, value) -> {
      if (!known.contains(key)) {
        reading.problem(
            NodeGraph.line(value),
            spot.key(key).path(),
            Problem.UNKNOWN_KEY,
            String.join(", ", known),
            NearestName.of(key, known));
      }
    });
  }

  /** The map under a key whose own keys are names. */
  Optional<YamlMap> names(String key) {
    return node(key).map(node -> ofAnyKeys(reading, node, spot.key(key)));
  }

  /** Something is wrong with this map as a whole. */
  void problem(String found, String expected) {
    reading.problem(line, spot.path(), found, expected);
  }

  /** The same map standing for another place of the effective configuration. */
  YamlMap standingFor(String effective) {
    YamlMap other = new YamlMap(reading, spot.standingFor(effective), line);
    other.values.putAll(values);
    other.isMap = isMap;
    return other;
  }

  List<String> keys() {
    return List.copyOf(values.keySet());
  }

  Spot spot(String key) {
    return spot.key(key);
  }

  Spot spot() {
    return spot;
  }

  int line() {
    return line;
  }

  int line(String key) {
    Node value = values.get(key);
    return value == null ? line : NodeGraph.line(value);
  }

  /** Whether it is one; what is not was reported, and reads as a map without keys. */
  boolean isMap() {
    return isMap;
  }

  boolean has(String key) {
    return node(key).isPresent();
  }

  Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key)).filter(node -> !isNull(node));
  }

  Optional<Text> text(String key) {
    return text(key, key);
  }

  /** A scalar that stands for another key of the effective configuration. */
  Optional<Text> text(String key, String effectiveKey) {
    Spot written = spot.key(key);
    Spot at = written.standingFor(spot.key(effectiveKey).effective());
    return node(key).flatMap(node -> text(node, at, isSecret(written)));
  }

  /** Like {@link #text}, but not giving it is a problem. */
  Optional<Text> required(String key, String allowed) {
    if (!has(key)) {
      missing(key, allowed);
    }
    return text(key);
  }

  void missing(String key, String allowed) {
    reading.problem(line, spot.key(key).path(), "missing", allowed);
  }

  OptionalInt whole(String key, WholeRange range) {
    return text(key).map(text -> text.whole(range)).orElseGet(OptionalInt::empty);
  }

  int whole(String key, WholeRange range, int fallback) {
    return whole(key, range).orElse(fallback);
  }

  long size(String key, WholeRange range, long fallback) {
    return size(key, range).orElse(fallback);
  }

  OptionalLong size(String key, WholeRange range) {
    return text(key).map(text -> text.size(range)).orElseGet(OptionalLong::empty);
  }

  OptionalLong price(String key) {
    return text(key).map(Text::price).orElseGet(OptionalLong::empty);
  }

  Optional<Boolean> flag(String key) {
    return text(key).flatMap(Text::flag);
  }

  Optional<Duration> duration(String key, DurationRange range) {
    return text(key).flatMap(text -> text.duration(range));
  }

  Duration duration(String key, DurationRange range, Duration fallback) {
    return duration(key, range).orElse(fallback);
  }

  /** What holds for a key: the fallback when it is not given, nothing when it is refused. */
  Optional<Duration> effective(String key, DurationRange range, Duration fallback) {
    return has(key) ? duration(key, range) : Optional.of(fallback);
  }

  /** A map within, of which these keys are known. */
  Optional<YamlMap> map(String key, List<String> known) {
    return node(key).map(node -> of(reading, node, spot.key(key), known));
  }

  List<Text> texts(String key) {
    List<Text> texts = new ArrayList<>();
    Spot list = spot.key(key);
    List<Node> items = items(key);
    for (int i = 0; i < items.size(); i++) {
      text(items.get(i), list.item(i), isSecret(list)).ifPresent(texts::add);
    }
    return texts;
  }

  /** The items of a list, or a single value where a list of one is meant. */
  List<Text> textsOrOne(String key) {
    boolean single = values.get(key) instanceof ScalarNode;
    return single ? text(key).stream().toList() : texts(key);
  }

  boolean isEmptyList(String key) {
    return values.get(key) instanceof SequenceNode list && list.getValue().isEmpty();
  }

  boolean isList(String key) {
    return values.get(key) instanceof SequenceNode;
  }

  /** The items of a list; none when it is absent or no list. */
  List<Node> items(String key) {
    Optional<Node> value = node(key);
    value.ifPresent(
        node -> reading.origin(spot.key(key).effective(), new Origin.InFile(NodeGraph.line(node))));
    return value.map(node -> items(reading, node, spot.key(key))).orElse(List.of());
  }

  static List<Node> items(Reading reading, Node node, Spot spot) {
    int line = NodeGraph.line(node);
    if (!(node instanceof SequenceNode list)) {
      reading.problem(line, spot.path(), kind(node, isSecret(spot)), "a list");
      return List.of();
    }
    if (list.getValue().size() > ITEMS_MAX) {
      String found = list.getValue().size() + " items";
      reading.problem(line, spot.path(), found, "at most " + ITEMS_MAX);
      return List.of();
    }
    return list.getValue();
  }

  private Optional<Text> text(Node node, Spot at, boolean secret) {
    int line = NodeGraph.line(node);
    if (!(node instanceof ScalarNode scalar)) {
      reading.problem(line, at.path(), kind(node, secret), "a single value");
      return Optional.empty();
    }
    String shown = secret ? Shown.HIDDEN : Shown.quoted(scalar.getValue());
    return switch (reading.expand(scalar.getValue())) {
      case EnvironmentText.Expanded(String text, List<String> variables) -> {
        reading.origin(
            at.effective(),
            variables.isEmpty()
                ? new Origin.InFile(line)
                : new Origin.Environment(variables, line));
        yield Optional.of(new Text(reading, text, shown, at.path(), line));
      }
      case EnvironmentText.Unset(List<String> variables) -> {
        String names = String.join(", ", variables);
        String allowed = "this environment variable set, or a default as in ${NAME:-default}";
        reading.problem(line, at.path(), names + " is not set", allowed);
        yield Optional.empty();
      }
      case EnvironmentText.Malformed() -> {
        reading.problem(
            line, at.path(), shown, "${NAME} or ${NAME:-default}; a plain ${ is written $${");
        yield Optional.empty();
      }
    };
  }

  private static boolean isSecret(Spot spot) {
    String path = spot.path();
    String key = path.substring(path.lastIndexOf('.') + 1);
    return SECRET_KEYS.contains(key)
        || path.contains(".headers.")
        // Where a map belongs, some write the key itself.
        || (path.startsWith("access.keys") && (key.equals("key") || key.startsWith("keys")));
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  private static String kind(Node node, boolean secret) {
    return switch (node) {
      case MappingNode _ -> "a map";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar when isNull(scalar) -> "nothing";
      case ScalarNode scalar -> secret ? Shown.HIDDEN : Shown.quoted(scalar.getValue());
      default -> "something else";
    };
  }
}
