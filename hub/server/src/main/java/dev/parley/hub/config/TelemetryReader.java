package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code telemetry}. */
final class TelemetryReader {

  /** Where traces and metrics go unless the file says so. */
  static final String ENDPOINT_VARIABLE = "OTEL_EXPORTER_OTLP_ENDPOINT";

  private static final List<String> KEYS = List.of("log", "otlp");
  private static final List<String> LOG_KEYS = List.of("level", "levels");
  private static final List<String> OTLP_KEYS = List.of("endpoint", "headers", "sample");
  private static final String ENDPOINT_ALLOWED =
      "an absolute http or https URL without user, query and fragment, such as"
          + " http://collector:4318";
  private static final int LEVELS_MAX = 64;
  private static final int HEADERS_MAX = 32;

  private final Reading reading;

  private TelemetryReader(Reading reading) {
    this.reading = reading;
  }

  static TelemetryConfig read(Reading reading, Node node) {
    TelemetryReader reader = new TelemetryReader(reading);
    YamlMap map = YamlMap.of(reading, node, Spot.at("telemetry"), KEYS);
    Map<String, String> levels = map.map("log", LOG_KEYS).map(reader::levels).orElse(Map.of());
    Optional<OtlpConfig> otlp =
        map.has("otlp")
            ? map.map("otlp", OTLP_KEYS).flatMap(reader::otlp)
            : reader.otlpOfEnvironment();
    return new TelemetryConfig(levels, otlp);
  }

  /** What holds without the section. */
  static TelemetryConfig unsaid(Reading reading) {
    return new TelemetryConfig(Map.of(), new TelemetryReader(reading).otlpOfEnvironment());
  }

  private Map<String, String> levels(YamlMap log) {
    Map<String, String> levels = new TreeMap<>();
    log.text("level")
        .flatMap(text -> text.oneOf(TelemetryConfig.LEVELS))
        .ifPresent(level -> levels.put(LoggerNames.HUB, level));
    log.names("levels")
        .ifPresent(names -> {
          if (names.keys().size() > LEVELS_MAX) {
            names.problem(names.keys().size() + " loggers", "at most " + LEVELS_MAX);
          } else {
            names.keys().forEach(name -> level(names, name, levels));
          }
        });
    return levels;
  }

  private void level(YamlMap names, String name, Map<String, String> levels) {
    if (!LoggerNames.isKnown(name)) {
      reading.problem(
          names.line(name),
          names.spot(name).path(),
          "a logger that is not known",
          "one that is or begins with one of " + Keys.shown(LoggerNames.ROOTS),
          NearestName.of(name, LoggerNames.ROOTS));
      return;
    }
    List<String> allowed =
        LoggerNames.isOwn(name)
            ? TelemetryConfig.LEVELS
            : TelemetryConfig.LEVELS.subList(0, TelemetryConfig.LEVELS.indexOf("info") + 1);
    names
        .text(name)
        .flatMap(text -> text.oneOf(allowed))
        .ifPresent(level -> levels.put(name, level));
  }

  private Optional<OtlpConfig> otlp(YamlMap map) {
    Optional<URI> endpoint =
        map.has("endpoint")
            ? map.text("endpoint").flatMap(TelemetryReader::endpoint)
            : ofEnvironment();
    if (endpoint.isEmpty() && !map.has("endpoint")) {
      map.missing("endpoint", ENDPOINT_ALLOWED);
    }
    Map<String, Secret> headers = map.names("headers").map(this::headers).orElse(Map.of());
    double sample =
        map.text("sample").flatMap(TelemetryReader::share).orElse(OtlpConfig.SAMPLE_DEFAULT);
    return endpoint.map(url -> new OtlpConfig(url, headers, sample));
  }

  /** A refused one may hold a password, so it is not shown. */
  private static Optional<URI> endpoint(Text text) {
    Optional<URI> url = BaseUrl.parse(text.value());
    return url.isPresent()
        ? url
        : text.hidden(text.value().contains("@")).refused(ENDPOINT_ALLOWED);
  }

  private Optional<OtlpConfig> otlpOfEnvironment() {
    return ofEnvironment().map(url -> new OtlpConfig(url, Map.of(), OtlpConfig.SAMPLE_DEFAULT));
  }

  private Optional<URI> ofEnvironment() {
    String raw = "${" + ENDPOINT_VARIABLE + ":-}";
    if (!(reading.expand(raw) instanceof EnvironmentText.Expanded(String said, _))
        || said.isBlank()) {
      return Optional.empty();
    }
    Optional<URI> url = BaseUrl.parse(said);
    if (url.isEmpty()) {
      reading.problem(0, ENDPOINT_VARIABLE, Shown.HIDDEN, ENDPOINT_ALLOWED);
    } else {
      reading.origin("telemetry.otlp.endpoint", new Origin.Variable(ENDPOINT_VARIABLE));
    }
    return url;
  }

  private static Optional<Double> share(Text text) {
    Optional<Double> share = Optional.empty();
    if (text.value().matches("[0-9]{1,3}([.][0-9]{1,9})?")) {
      share = Optional.of(Double.parseDouble(text.value())).filter(value -> value <= 1);
    }
    return share.isPresent() ? share : text.refused("a share within 0..1, such as 0.1");
  }

  private Map<String, Secret> headers(YamlMap names) {
    Map<String, Secret> headers = new HashMap<>();
    if (names.keys().size() > HEADERS_MAX) {
      names.problem(names.keys().size() + " headers", "at most " + HEADERS_MAX);
      return headers;
    }
    for (String written : names.keys()) {
      String name = HeaderName.normalised(written);
      if (!HeaderName.isUsable(name, HeaderName.Use.CREDENTIALS)) {
        reading.problem(
            names.line(written),
            names.spot(written).path(),
            "an unusable name",
            HeaderName.ALLOWED);
      } else {
        names
            .required(written, "a value")
            .flatMap(Text::secret)
            .ifPresent(value -> headers.put(name, value));
      }
    }
    return headers;
  }
}
