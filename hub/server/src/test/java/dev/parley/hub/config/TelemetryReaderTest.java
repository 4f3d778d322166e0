package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryReaderTest {

  private static HubConfig read(String text, Function<String, @Nullable String> environment)
      throws ConfigException {
    return ConfigReader.parse(text, "hub.yaml", Set.of("vllm"), environment);
  }

  private static TelemetryConfig read(String text) throws ConfigException {
    return read(text, _ -> null).own().telemetry();
  }

  @Test
  void nothingIsSetOrSentUnlessSaid() throws Exception {
    assertThat(read("telemetry: {}")).isEqualTo(TelemetryConfig.DEFAULT);
    assertThat(read("backends: []")).isEqualTo(TelemetryConfig.DEFAULT);
  }

  @Test
  void readsEveryKey() throws Exception {
    String text =
        """
        telemetry:
          log:
            level: warn
            levels: { dev.parley.hub.routing: debug, parley.calls: "off", io.netty: error }
          otlp:
            endpoint: http://collector:4318/
            headers: { Authorization: "Bearer ${TOKEN}" }
            sample: 0.25
        """;
    HubConfig config = read(text, _ -> "s3cret");
    TelemetryConfig read = config.own().telemetry();
    assertThat(read.logLevels())
        .isEqualTo(
            Map.of(
                "dev.parley", "warn",
                "dev.parley.hub.routing", "debug",
                "parley.calls", "off",
                "io.netty", "error"));
    OtlpConfig otlp = read.otlp().orElseThrow();
    assertThat(otlp.endpoint()).isEqualTo(URI.create("http://collector:4318"));
    assertThat(otlp.headers()).isEqualTo(Map.of("authorization", new Secret("Bearer s3cret")));
    assertThat(otlp.sample()).isEqualTo(0.25);
    assertThat(ConfigPrinter.lines(config))
        .anyMatch(line -> line.startsWith("telemetry.log.levels.parley.calls = off"))
        .anyMatch(line -> line.startsWith("telemetry.otlp.endpoint = http://collector:4318"))
        .anyMatch(line -> line.startsWith("telemetry.otlp.headers.authorization = ***"))
        .noneMatch(line -> line.contains("s3cret"));
  }

  @Test
  void theEnvironmentCanNameTheCollector() throws Exception {
    Function<String, @Nullable String> environment =
        name -> name.equals("OTEL_EXPORTER_OTLP_ENDPOINT") ? "http://c:4318" : null;
    for (String text : new String[] {"backends: []", "telemetry: { otlp: { sample: 1 } }"}) {
      HubConfig config = read(text, environment);
      assertThat(config.own().telemetry().otlp().orElseThrow().endpoint())
          .isEqualTo(URI.create("http://c:4318"));
      assertThat(ConfigPrinter.lines(config))
          .contains(
              "telemetry.otlp.endpoint = http://c:4318"
                  + " (environment OTEL_EXPORTER_OTLP_ENDPOINT)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log: { level: loud }"
            + "|telemetry.log.level: \"loud\" (expected: one of off, error, warn, info, debug,"
            + " trace",
        "log: { levels: { dev.parlay: info } }"
            + "|telemetry.log.levels.dev.parlay: a logger that is not known (nearest:"
            + " dev.parley",
        "log: { levels: { io.netty: debug } }|expected: one of off, error, warn, info",
        "log: { levels: { io.nettyx: info } }|a logger that is not known",
        "logs: {}|telemetry.logs: unknown key (nearest: log; known: log, otlp)",
        "otlp: {}|telemetry.otlp.endpoint: missing",
        "otlp: { endpoint: 'ftp://x' }|telemetry.otlp.endpoint: \"ftp://x\" (expected: an absolute",
        "otlp: { endpoint: 'http://u:secret@x' }|telemetry.otlp.endpoint: (hidden)",
        "otlp: { endpoint: 'http://x', sample: 1.5 }|telemetry.otlp.sample: \"1.5\" (expected: a"
            + " share within 0..1",
        "otlp: { endpoint: 'http://x', sample: -1 }|telemetry.otlp.sample",
        "otlp: { endpoint: 'http://x', sample: NaN }|telemetry.otlp.sample",
        "otlp: { endpoint: 'http://x', headers: { 'a b': c } }|an unusable name",
        "otlp: { endpoint: 'http://x', headers: { x-key: [s3cret] } }|telemetry.otlp.headers.x-key"
      })
  void tellsWhatIsWrongAndWhatIsAllowed(String section, String problem) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> read("telemetry: { " + section + " }"));
    assertThat(refused.problems()).hasSize(1);
    assertThat(refused.problems().getFirst().toString())
        .startsWith("hub.yaml:1 ")
        .contains(problem)
        .doesNotContain("secret")
        .doesNotContain("s3cret");
  }
}
