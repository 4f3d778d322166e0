package dev.parley.hub.config;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what full and flat backend entries have in common, and the full ones. */
final class BackendReader {

  static final List<String> SHARED_KEYS =
      List.of(
          "type",
          "base_url",
          "auth",
          "timeouts",
          "limits",
          "breaker",
          "retry",
          "local",
          "headers",
          "media_urls",
          "tls");

  private static final List<String> KEYS = Keys.joined(List.of("id", "models"), SHARED_KEYS);
  private static final List<String> TIMEOUT_KEYS =
      List.of("connect", "write", "headers", "first_byte", "idle", "total");
  private static final List<String> LIMIT_KEYS = List.of("concurrency", "queue", "queue_wait");
  private static final int HEADERS_MAX = 64;

  /** Stands in after a problem, so that the rest of the file is checked too; never escapes. */
  private static final URI UNUSABLE_URL = URI.create("http://unusable.invalid");

  private final Reading reading;
  private final YamlMap map;

  BackendReader(Reading reading, YamlMap map) {
    this.reading = reading;
    this.map = map;
  }

  /** A full entry under an id that was checked. */
  BackendConfig readFull(String id) {
    map.refuseOthers(KEYS);
    String types = "one of " + String.join(", ", knownTypes());
    String type = map.required("type", types).flatMap(this::type).orElse("");
    AuthConfig auth =
        map.node("auth")
            .map(node -> AuthReader.read(reading, node, map.spot("auth")))
            .orElseGet(AuthConfig.None::new);
    return read(id, type, auth, BackendModelReader.readAll(reading, map));
  }

  BackendConfig read(String id, String type, AuthConfig auth, List<BackendModelConfig> models) {
    URI url = baseUrl(type);
    return new BackendConfig(
        id,
        type,
        url,
        auth,
        models,
        timeouts(),
        limits(),
        BreakerReader.read(reading, map),
        RetryReader.read(reading, map),
        map.flag("local").orElse(false),
        headers(),
        map.flag("media_urls").orElse(false),
        TlsReader.backend(map, url.getScheme().equals("https") || url.equals(UNUSABLE_URL))
            .filter(_ -> !url.equals(UNUSABLE_URL)));
  }

  Optional<String> type(Text text) {
    return text.oneOf(knownTypes());
  }

  List<String> knownTypes() {
    return reading.backendTypes().stream().sorted().toList();
  }

  private URI baseUrl(String type) {
    if (LocalConfig.SPEECH_ENGINES.contains(type)) {
      URI here = BaseUrl.ofEngine(type);
      map.text("base_url")
          .ifPresent(text -> text.matching(here.toString()::equals, here + ", or nothing"));
      return here;
    }
    return map.required("base_url", BaseUrl.ALLOWED)
        .flatMap(BackendReader::url)
        .orElse(UNUSABLE_URL);
  }

  private static Optional<URI> url(Text text) {
    Optional<URI> url = BaseUrl.parse(text.value());
    if (url.isEmpty()) {
      // A refused URL may hold a password.
      text.hidden(text.value().contains("@")).refused(BaseUrl.ALLOWED);
    }
    return url;
  }

  private TimeoutsConfig timeouts() {
    TimeoutsConfig unset = TimeoutsConfig.DEFAULT;
    return map.map("timeouts", TIMEOUT_KEYS)
        .map(keys ->
            new TimeoutsConfig(
                keys.duration("connect", TimeoutsConfig.CONNECT_RANGE, unset.connect()),
                keys.duration("write", TimeoutsConfig.WRITE_RANGE, unset.write()),
                keys.duration("headers", TimeoutsConfig.HEADERS_RANGE),
                keys.duration("first_byte", TimeoutsConfig.FIRST_BYTE_RANGE),
                keys.duration("idle", TimeoutsConfig.IDLE_RANGE, unset.idle()),
                keys.duration("total", TimeoutsConfig.TOTAL_RANGE)))
        .orElse(unset);
  }

  private LimitsConfig limits() {
    LimitsConfig unset = LimitsConfig.DEFAULT;
    return map.map("limits", LIMIT_KEYS)
        .map(keys ->
            new LimitsConfig(
                keys.whole("concurrency", LimitsConfig.CONCURRENCY_RANGE),
                keys.whole("queue", LimitsConfig.QUEUE_RANGE, unset.queue()),
                keys.duration("queue_wait", LimitsConfig.QUEUE_WAIT_RANGE)))
        .orElse(unset);
  }

  private Map<String, Secret> headers() {
    Map<String, Secret> headers = new HashMap<>();
    map.node("headers")
        .map(node -> YamlMap.ofAnyKeys(reading, node, map.spot("headers")))
        .ifPresent(names -> names.keys().forEach(name -> header(names, name, headers)));
    return headers;
  }

  private void header(YamlMap names, String written, Map<String, Secret> headers) {
    String name = HeaderName.normalised(written);
    String path = names.spot(written).path();
    if (headers.size() >= HEADERS_MAX) {
      reading.problem(names.line(written), path, "too many headers", "at most " + HEADERS_MAX);
    } else if (!HeaderName.isUsable(name, HeaderName.Use.EXTRA)) {
      reading.problem(names.line(written), path, "an unusable name", HeaderName.ALLOWED);
    } else {
      names
          .required(written, "a value")
          .flatMap(Text::secret)
          .map(value -> headers.putIfAbsent(name, value))
          .ifPresent(
              first -> names.text(written).ifPresent(text -> text.refused("each header once")));
    }
  }
}
