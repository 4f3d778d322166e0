package dev.parley.hub.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code voices}. */
final class VoicesReader {

  private static final List<String> KEYS =
      List.of("database", "user", "password", "references_bytes_max", "seconds_max");
  private static final String URL_ALLOWED =
      "a URL such as " + VoicesConfig.URL_PREFIX + "HOST/NAME, user and password apart";

  private VoicesReader() {}

  static VoicesConfig read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("voices"), KEYS);
    VoicesConfig unset = VoicesConfig.DEFAULT;
    return new VoicesConfig(
        database(reading, map),
        map.size("references_bytes_max", VoicesConfig.BYTES_RANGE, unset.referencesBytesMax()),
        map.whole("seconds_max", VoicesConfig.SECONDS_RANGE, unset.secondsMax()));
  }

  private static Optional<VoicesConfig.Database> database(Reading reading, YamlMap map) {
    Optional<String> url =
        map.text("database")
            // A refused one may hold a password, so it is not shown.
            .map(text -> text.hidden(!VoicesConfig.Database.isUrl(text.value())))
            .flatMap(text -> text.matching(VoicesConfig.Database::isUrl, URL_ALLOWED));
    Optional<String> user =
        map.text("user").flatMap(text -> text.matching(s -> !s.isBlank(), "the name of a user"));
    Optional<Secret> password = map.text("password").flatMap(Text::secret);
    for (String key : List.of("user", "password")) {
      if (map.has(key) && !map.has("database")) {
        reading.problem(
            map.line(key), map.spot(key).path(), "given without database", "database given, too");
      }
    }
    return url.map(at -> new VoicesConfig.Database(at, user, password));
  }
}
