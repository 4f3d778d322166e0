package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.hub.config.QuotasConfig.Store;
import dev.parley.hub.config.QuotasConfig.WhenAway;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code limits}. */
final class QuotasReader {

  private static final List<String> KEYS =
      List.of(
          "store",
          "redis",
          "away_after",
          "when_away",
          "hub",
          "key",
          "owners",
          "models",
          "address",
          "failures");
  private static final List<String> REDIS_KEYS = List.of("url", "user", "password");
  private static final List<String> STORES = List.of("memory", "redis", "database");
  private static final List<String> WHEN_AWAY = List.of("open", "closed");
  private static final String URL_ALLOWED =
      "a URL such as redis://HOST:6379/0 or rediss://HOST, user and password apart";
  private static final String NO_REDIS =
      "no limits.redis without limits.store: redis, or that store";

  private QuotasReader() {}

  static QuotasConfig read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("limits"), KEYS);
    return new QuotasConfig(
        store(map),
        map.duration("away_after", QuotasConfig.AWAY_AFTER_RANGE, QuotasConfig.DEFAULT.awayAfter()),
        map.text("when_away")
            .flatMap(text -> text.named(QuotasReader::whenAway, WHEN_AWAY))
            .orElse(QuotasConfig.DEFAULT.whenAway()),
        AllowanceReader.read(map, "hub"),
        AllowanceReader.read(map, "key"),
        named(map, "owners", AllowanceReader.KEYS),
        // Places are given when a request comes, before it has said which model it is for.
        named(map, "models", AllowanceReader.KEYS_OF_CALLS),
        requests(map, "address", QuotasConfig.DEFAULT.address()),
        requests(map, "failures", QuotasConfig.DEFAULT.failures()));
  }

  /** A database that is not there is found once the whole file is read. */
  static void check(Reading reading, YamlMap root, OwnConfig own) {
    if (own.limits().store() instanceof Store.Database && own.database().isEmpty()) {
      reading.problem(
          root.line("limits"),
          "limits.store",
          Shown.quoted("database"),
          "database.url given, or another store");
    }
  }

  private static Optional<WhenAway> whenAway(String name) {
    return WHEN_AWAY.contains(name)
        ? Optional.of(WhenAway.valueOf(name.toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static Store store(YamlMap map) {
    String kind = map.text("store").flatMap(text -> text.oneOf(STORES)).orElse("memory");
    Optional<YamlMap> redis = map.map("redis", REDIS_KEYS);
    if (kind.equals("redis")) {
      if (redis.isEmpty()) {
        map.missing("redis", "a map with url, as limits.store is redis");
      }
      return redis.flatMap(QuotasReader::redis).orElse(new Store.Memory());
    }
    redis.ifPresent(it -> it.problem("given while limits.store is " + kind, NO_REDIS));
    return kind.equals("database") ? new Store.Database() : new Store.Memory();
  }

  private static Optional<Store> redis(YamlMap map) {
    Optional<String> user =
        map.text("user").flatMap(text -> text.matching(s -> !s.isBlank(), "the name of a user"));
    Optional<Secret> password = map.text("password").flatMap(Text::secret);
    return map.required("url", URL_ALLOWED)
        // A refused one may hold a password, so it is not shown.
        .map(text -> text.hidden(!isUrl(text.value())))
        .flatMap(text -> text.matching(QuotasReader::isUrl, URL_ALLOWED))
        .map(url -> new Store.Redis(url, user, password));
  }

  private static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme();
      return ("redis".equals(scheme) || "rediss".equals(scheme))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null
          && url.getRawPath().matches("(/[0-9]{0,5})?");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Map<String, AllowanceConfig> named(YamlMap map, String key, List<String> known) {
    Map<String, AllowanceConfig> all = new LinkedHashMap<>();
    map.names(key)
        .ifPresent(names ->
            names
                .keys()
                .forEach(name ->
                    all.put(
                        name,
                        names
                            .map(name, known)
                            .map(AllowanceReader::of)
                            .orElse(AllowanceConfig.UNLIMITED))));
    return all;
  }

  private static Optional<QuotaConfig> requests(
      YamlMap map, String key, Optional<QuotaConfig> unsaid) {
    if (!map.has(key)) {
      return unsaid;
    }
    return map.text(key)
        .flatMap(text ->
            text.matching(
                said -> AllowanceReader.quota(QuotaUnit.REQUESTS, said).isPresent(),
                QuotaConfig.ALLOWED))
        .flatMap(said -> AllowanceReader.quota(QuotaUnit.REQUESTS, said));
  }
}
