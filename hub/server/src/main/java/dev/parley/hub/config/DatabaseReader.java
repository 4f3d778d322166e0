package dev.parley.hub.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code database}. */
final class DatabaseReader {

  private static final List<String> KEYS = List.of("url", "user", "password");
  private static final String URL_ALLOWED =
      "a URL such as " + DatabaseConfig.URL_PREFIX + "HOST/NAME, user and password apart";

  private DatabaseReader() {}

  static Optional<DatabaseConfig> read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("database"), KEYS);
    if (!map.isMap()) {
      return Optional.empty();
    }
    Optional<String> user =
        map.text("user").flatMap(text -> text.matching(s -> !s.isBlank(), "the name of a user"));
    Optional<Secret> password = map.text("password").flatMap(Text::secret);
    return map.required("url", URL_ALLOWED)
        // A refused one may hold a password, so it is not shown.
        .map(text -> text.hidden(!DatabaseConfig.isUrl(text.value())))
        .flatMap(text -> text.matching(DatabaseConfig::isUrl, URL_ALLOWED))
        .map(url -> new DatabaseConfig(url, user, password));
  }
}
