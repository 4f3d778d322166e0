package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code access}. */
final class AccessReader {

  private static final List<String> KEYS =
      List.of("keys", "open", "cors", "metrics", "trusted_proxies");
  private static final List<String> CORS_KEYS = List.of("origins");
  private static final List<String> KEY_KEYS =
      List.of(
          "name",
          "key",
          "owner",
          "tags",
          "expires",
          "models",
          "capabilities",
          "backends",
          "pin",
          "priority_max",
          "role",
          "limits");
  private static final String MODEL_ALLOWED =
      "a model's name, " + Names.MODEL_ALLOWED + "; the beginning of names with * at its end";
  private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]{1,253}");
  private static final String ORIGIN_ALLOWED =
      "an origin such as https://app.example.com, without a path, or \"*\" for every one";

  private final Reading reading;

  private AccessReader(Reading reading) {
    this.reading = reading;
  }

  static AccessConfig read(Reading reading, Node node) {
    return new AccessReader(reading).read(YamlMap.of(reading, node, Spot.at("access"), KEYS));
  }

  private AccessConfig read(YamlMap map) {
    AccessConfig unset = AccessConfig.DEFAULT;
    List<String> origins =
        map.map("cors", CORS_KEYS)
            .map(cors -> checked(cors, "origins", AccessReader::isOrigin, ORIGIN_ALLOWED))
            .orElse(unset.origins());
    return new AccessConfig(
        keys(map),
        word(map, "open", AccessConfig.Open.values(), unset.open()),
        atMost(map, "cors.origins", origins, AccessConfig.ORIGINS_MAX),
        word(map, "metrics", AccessConfig.Metrics.values(), unset.metrics()),
        atMost(map, "trusted_proxies", proxies(map), AccessConfig.PROXIES_MAX));
  }

  private static boolean isOrigin(String text) {
    return text.equals(AccessConfig.ANY_ORIGIN) || ORIGIN.matcher(text).matches();
  }

  private static List<AddressBlock> proxies(YamlMap map) {
    List<AddressBlock> blocks = new ArrayList<>();
    for (Text text : map.textsOrOne("trusted_proxies")) {
      text.matching(said -> AddressBlock.parse(said).isPresent(), AddressBlock.ALLOWED)
          .flatMap(AddressBlock::parse)
          .ifPresent(blocks::add);
    }
    return blocks;
  }

  private <T> List<T> atMost(YamlMap map, String key, List<T> values, int most) {
    if (values.size() <= most) {
      return values;
    }
    reading.problem(map.line(), "access." + key, values.size() + " items", "at most " + most);
    return List.of();
  }

  private List<StaticKeyConfig> keys(YamlMap map) {
    List<StaticKeyConfig> keys = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    Set<String> secrets = new HashSet<>();
    List<Node> items = map.items("keys");
    for (int i = 0; i < items.size(); i++) {
      YamlMap entry = YamlMap.of(reading, items.get(i), map.spot("keys").item(i), KEY_KEYS);
      Optional<StaticKeyConfig> key = entry.isMap() ? key(entry) : Optional.empty();
      if (key.isEmpty()) {
        continue;
      }
      Integer first = names.putIfAbsent(key.get().key().name(), entry.line());
      if (first != null) {
        reading.problem(
            entry.line("name"),
            entry.spot("name").path(),
            Shown.quoted(key.get().key().name()) + " again",
            "names that differ; the first is on line " + first);
      } else if (!secrets.add(key.get().secret().value())) {
        reading.problem(
            entry.line("key"),
            entry.spot("key").path(),
            Shown.HIDDEN + " again",
            "keys that differ");
      } else {
        keys.add(key.get());
      }
    }
    return keys;
  }

  private Optional<StaticKeyConfig> key(YamlMap map) {
    Optional<String> name =
        map.required("name", KeyConfig.NAME_ALLOWED).flatMap(AccessReader::name);
    Optional<String> secret =
        map.required("key", StaticKeyConfig.SECRET_ALLOWED + ", best ${NAME} of the environment")
            .flatMap(
                text -> text.matching(StaticKeyConfig::isSecret, StaticKeyConfig.SECRET_ALLOWED));
    KeyConfig unset = KeyConfig.named("unset");
    String owner = map.text("owner").flatMap(AccessReader::name).orElse(unset.owner());
    Set<String> tags = tags(map);
    Optional<Instant> expires = expires(map);
    Scope scope = scope(map);
    Priority priority =
        map.text("priority_max")
            .flatMap(text -> text.named(Priority::byName, Priority.wireNames()))
            .orElse(unset.priorityMax());
    KeyConfig.Role role = word(map, "role", KeyConfig.Role.values(), unset.role());
    AllowanceConfig allowance = AllowanceReader.read(map, "limits");
    if (name.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StaticKeyConfig(
            new KeyConfig(name.get(), owner, tags, expires, scope, priority, role, allowance),
            new Secret(secret.get()),
            StaticKeyConfig.Source.CONFIGURATION));
  }

  private static Optional<String> name(Text text) {
    return text.matching(KeyConfig::isName, KeyConfig.NAME_ALLOWED);
  }

  private Set<String> tags(YamlMap map) {
    List<String> tags = checked(map, "tags", KeyConfig::isName, KeyConfig.NAME_ALLOWED);
    if (tags.size() > KeyConfig.TAGS_MAX) {
      reading.problem(
          map.line("tags"),
          map.spot("tags").path(),
          tags.size() + " tags",
          "at most " + KeyConfig.TAGS_MAX);
      return Set.of();
    }
    return new LinkedHashSet<>(tags);
  }

  private static Optional<Instant> expires(YamlMap map) {
    return map.text("expires")
        .flatMap(text -> text.matching(t -> ExpiryText.parse(t).isPresent(), ExpiryText.ALLOWED))
        .flatMap(ExpiryText::parse);
  }

  private static Scope scope(YamlMap map) {
    Set<Capability> capabilities = new LinkedHashSet<>();
    for (Text text : map.textsOrOne("capabilities")) {
      text.named(Capability::byName, Capability.wireNames()).ifPresent(capabilities::add);
    }
    return new Scope(
        checked(
            map,
            "models",
            text -> Names.isModel(text) && KeyConfig.isStarAtEnd(text),
            MODEL_ALLOWED),
        capabilities,
        new LinkedHashSet<>(checked(map, "backends", Names::isBackend, Names.BACKEND_ALLOWED)),
        map.flag("pin").orElse(true) ? Scope.Pinning.ALLOWED : Scope.Pinning.REFUSED);
  }

  private static List<String> checked(
      YamlMap map, String key, Predicate<String> form, String allowed) {
    List<String> values = new ArrayList<>();
    for (Text text : map.textsOrOne(key)) {
      text.matching(form, allowed).ifPresent(values::add);
    }
    return values;
  }

  private static <T extends Enum<T>> T word(YamlMap map, String key, T[] all, T otherwise) {
    List<String> words =
        Arrays.stream(all).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    return map.text(key)
        .flatMap(text -> text.oneOf(words))
        .map(word -> all[words.indexOf(word)])
        .orElse(otherwise);
  }
}
