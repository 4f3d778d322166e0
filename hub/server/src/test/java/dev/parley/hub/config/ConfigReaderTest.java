package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.spi.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

  private static final String ONE_BACKEND =
      """
      backends:
        - id: a
          type: openai
          base_url: http://h:1/v1
      """;

  @Test
  void setsEveryServerKey() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            server:
              host: "::"
              port: ${PORT}
              request_bytes_max: 1MiB
              response_bytes_max: 2048
              json_depth_max: 64
              drain_timeout: 1m
              heartbeat: 900ms
              head_timeout: 5s
              connections_max: 100
              connections_per_address_max: 10
              tls: { certificate: a.crt, key: a.key, client_ca: ca.crt, client_auth: request }
            """);
    assertThat(config.server())
        .isEqualTo(
            new ServerConfig(
                "::",
                9090,
                1 << 20,
                2048,
                64,
                Duration.ofMinutes(1),
                Duration.ofMillis(900),
                Duration.ofSeconds(5),
                100,
                10,
                Optional.of(
                    new ListenerTls(
                        new TlsFiles(
                            Optional.of(Path.of("ca.crt")),
                            Optional.of(Path.of("a.crt")),
                            Optional.of(Path.of("a.key"))),
                        ListenerTls.ClientAuth.REQUEST))));
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "server.connections_per_address_max = 10 (hub.yaml:11)",
            "server.tls.certificate = a.crt (hub.yaml:12)",
            "server.tls.client_ca = ca.crt (hub.yaml:12)",
            "server.tls.client_auth = request (hub.yaml:12)");
  }

  @Test
  void readsHowABackendIsTrusted() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            backends:
              - id: a
                type: vllm
                base_url: "https://a"
                media_urls: true
                tls: { ca: ca.crt, certificate: a.crt, key: a.key }
            """);
    BackendConfig backend = config.backends().getFirst();
    assertThat(backend.mediaUrls()).isTrue();
    assertThat(backend.tls())
        .contains(
            new TlsFiles(
                Optional.of(Path.of("ca.crt")),
                Optional.of(Path.of("a.crt")),
                Optional.of(Path.of("a.key"))));
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "backends[0].media_urls = true (hub.yaml:5)",
            "backends[0].tls.ca = ca.crt (hub.yaml:6)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "certificate: a                                    | tls.key: missing",
        "certificate: a, key: b, client_auth: require      | tls.client_ca: missing",
        "certificate: a, key: b, client_ca: c, client_auth: none | request or require",
        "certificate: a, key: b, client_auth: always       | one of none, request, require",
        "certificate: a, key: b, ca: c                     | known: certificate, key, client_ca, client_auth",
        "certificate: '', key: b                           | the path of a PEM file",
      })
  void refusesHalfATls(String tls, String words) {
    assertThatThrownBy(() -> Configs.parse("server: { tls: { " + tls + " } }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("server.tls")
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a  | ca: c          | a base_url that begins with https://",
        "https://a | certificate: c | tls.key: missing",
        "https://a | key: c         | tls.certificate: missing",
        "https://a |                | ca, or certificate and key, or all three",
      })
  void refusesHalfATlsOfABackend(String url, String tls, String words) {
    String backend =
        "backends: [{ id: a, type: vllm, base_url: \""
            + url
            + "\", tls: { "
            + (tls == null ? "" : tls)
            + " } }]";
    assertThatThrownBy(() -> Configs.parse(backend))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("backends[0].tls")
        .hasMessageContaining(words);
  }

  @Test
  void setsEveryKeyOfMediaAndOfTheLocalKernels() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            media: { item_bytes_max: 3MiB, total_bytes_max: 1GiB, keep: 2h }
            local:
              device: cuda
              gpu: 1
              gpu_memory_max: 2GiB
              models: /srv/models
              workers: 3
              calls_max: 7
              live_max: 9
              speaking_max: 11
              speech: listed
            """);
    assertThat(config.own().media())
        .isEqualTo(new MediaConfig(3 << 20, 1 << 30, Duration.ofHours(2)));
    assertThat(config.own().local())
        .isEqualTo(
            new LocalConfig(
                LocalConfig.Device.CUDA,
                1,
                2L << 30,
                Optional.of("/srv/models"),
                OptionalInt.of(3),
                7,
                9,
                11,
                LocalConfig.Speech.LISTED));
  }

  @Test
  void setsEveryKeyOfTheVoices() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            voices:
              references_bytes_max: 3MiB
              seconds_max: 30
            """);
    assertThat(config.own().voices()).isEqualTo(new VoicesConfig(3 << 20, 30));
    assertThat(ConfigPrinter.lines(config)).contains("voices.seconds_max = 30 (hub.yaml:3)");
    assertThat(Configs.parse("{}").own().voices()).isEqualTo(new VoicesConfig(50 << 20, 60));
  }

  @Test
  void setsEveryKeyOfUsage() throws Exception {
    HubConfig config = Configs.parse("usage: { flush: 100ms, keep: 30d, currency: EUR }");
    assertThat(config.own().usage())
        .isEqualTo(new UsageConfig(Duration.ofMillis(100), Duration.ofDays(30), "EUR"));
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "usage.flush = 100ms (hub.yaml:1)",
            "usage.keep = 720h (hub.yaml:1)",
            "usage.currency = EUR (hub.yaml:1)");
    assertThat(Configs.parse("{}").own().usage())
        .isEqualTo(new UsageConfig(Duration.ofMillis(250), Duration.ofDays(400), "USD"));
  }

  @Test
  void setsEveryKeyOfTheDatabase() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            database:
              url: jdbc:postgresql://db:5432/parley
              user: parley
              password: sesame
            """);
    assertThat(config.own().database())
        .contains(
            new DatabaseConfig(
                "jdbc:postgresql://db:5432/parley",
                Optional.of("parley"),
                Optional.of(new Secret("sesame"))));
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "database.url = jdbc:postgresql://db:5432/parley (hub.yaml:2)",
            "database.password = *** (hub.yaml:4)");
    assertThat(Configs.parse("{}").own().database()).isEmpty();
  }

  @Test
  void setsEveryBackendKey() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            backends:
              - id: omni
                type: vllm-omni
                base_url: https://gpu-1:8091/v1/
                auth: { scheme: basic, user: "${USER_NAME}", password: "${PASSWORD}" }
                models:
                  - id: Qwen/Qwen3-Omni
                    capabilities: [tts, chat, speech-to-text]
                    input_modalities: [text, audio]
                    output_modalities: [audio]
                    context_length: 32768
                    sample_rate_hz: 24000
                    languages: [en, pt-BR]
                    voice: Vivian
                    voices: { alloy: Ryan, My Voice: "Aiden" }
                timeouts: { connect: 2s, first_byte: 50s, idle: 30s, total: 1h }
                limits: { concurrency: 8, queue: 0 }
                headers: { X-Title: Parley }
            """);
    assertThat(config.backends())
        .containsExactly(
            new BackendConfig(
                "omni",
                "vllm-omni",
                URI.create("https://gpu-1:8091/v1"),
                new AuthConfig.Basic("ada", new Secret("s3cret")),
                List.of(
                    new BackendModelConfig(
                        "Qwen/Qwen3-Omni",
                        Set.of(Capability.CHAT, Capability.STT, Capability.TTS),
                        Set.of(Modality.TEXT, Modality.AUDIO),
                        Set.of(Modality.AUDIO),
                        OptionalInt.of(32768),
                        OptionalInt.of(24000),
                        List.of("en", "pt-BR"),
                        PriceConfig.UNKNOWN,
                        "Vivian",
                        Map.of("alloy", "Ryan", "My Voice", "Aiden"))),
                new TimeoutsConfig(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Optional.empty(),
                    Optional.of(Duration.ofSeconds(50)),
                    Duration.ofSeconds(30),
                    Optional.of(Duration.ofHours(1))),
                new LimitsConfig(8, 0, Optional.empty()),
                BreakerConfig.DEFAULT,
                RetryConfig.DEFAULT,
                false,
                Map.of("x-title", new Secret("Parley"))));
  }

  @Test
  void setsModelsAndDefaults() throws Exception {
    HubConfig config =
        Configs.parse(
            ONE_BACKEND
                + """
                models:
                  - id: assistant
                    targets: [ { backend: a, model: m1, weight: 3 }, { backend: a, model: m2 } ]
                defaults: { chat: assistant, embeddings: other }
                """);
    assertThat(config.models())
        .containsExactly(
            ModelConfig.of(
                "assistant",
                List.of(
                    new TargetConfig.Served("a", "m1", 3), new TargetConfig.Served("a", "m2", 1))));
    assertThat(config.defaults().models())
        .isEqualTo(Map.of(Capability.CHAT, "assistant", Capability.EMBEDDING, "other"));
  }

  @Test
  void leavesDefaultsWhereNothingIsSaid() throws Exception {
    HubConfig config = Configs.parse(ONE_BACKEND);
    assertThat(config.server()).isEqualTo(ServerConfig.DEFAULT);
    assertThat(config.server().host()).isEqualTo("127.0.0.1");
    assertThat(config.server().port()).isEqualTo(8080);
    BackendConfig backend = config.backends().getFirst();
    assertThat(backend.auth()).isEqualTo(new AuthConfig.None());
    assertThat(backend.models()).isEmpty();
    assertThat(backend.timeouts()).isEqualTo(TimeoutsConfig.DEFAULT);
    assertThat(backend.limits()).isEqualTo(LimitsConfig.DEFAULT);
    assertThat(backend.headers()).isEmpty();
    assertThat(config.models()).isEmpty();
    assertThat(config.defaults()).isEqualTo(Defaults.NONE);
  }

  @Test
  void readsEachAuthScheme() throws Exception {
    assertThat(auth("{ scheme: none }")).isEqualTo(new AuthConfig.None());
    assertThat(auth("{ scheme: bearer, token: abc }"))
        .isEqualTo(new AuthConfig.Bearer(new Secret("abc")));
    assertThat(auth("{ scheme: header, name: X-API-Key, value: abc }"))
        .isEqualTo(new AuthConfig.Header("x-api-key", new Secret("abc")));
  }

  private static AuthConfig auth(String yaml) throws ConfigException {
    return Configs.parse(ONE_BACKEND + "    auth: " + yaml).backends().getFirst().auth();
  }

  @Test
  void treatsNullAsNotGiven() throws Exception {
    HubConfig config = Configs.parse(ONE_BACKEND + "    auth:\n    limits: ~\nmodels:\n");
    assertThat(config.backends().getFirst().limits()).isEqualTo(LimitsConfig.DEFAULT);
  }

  @Test
  void sharesThroughAliases() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            backends:
              - { id: a, type: vllm, base_url: "http://a", limits: &few { concurrency: 2 } }
              - { id: b, type: vllm, base_url: "http://b", limits: *few }
            """);
    assertThat(config.backends().get(1).limits().concurrency()).hasValue(2);
  }

  @Test
  void readsTheEnvironmentInsideText() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            backends:
              - id: a
                type: vllm
                base_url: http://${USER_NAME}.example:${PORT}/${MISSING:-v1}
                headers: { x-odd: "$${PORT} $PORT ${EMPTY:-none}" }
            """);
    BackendConfig backend = config.backends().getFirst();
    assertThat(backend.baseUrl()).isEqualTo(URI.create("http://ada.example:9090/v1"));
    assertThat(backend.headers()).containsEntry("x-odd", new Secret("${PORT} $PORT none"));
  }

  @Test
  void readsAByteOrderMark() throws Exception {
    assertThat(Configs.parse("\uFEFF" + ONE_BACKEND).backends()).hasSize(1);
  }

  @Test
  void secretsDoNotPrint() throws Exception {
    HubConfig config =
        Configs.parse(
            ONE_BACKEND
                + """
                    auth: { scheme: basic, user: u, password: "${PASSWORD}" }
                    headers: { x-key: s3cret }
                """);
    assertThat(config.toString()).doesNotContain("s3cret").contains("***");
  }

  @Test
  void exampleParses() throws Exception {
    Map<String, String> environment =
        Map.of(
            "OMNI_PASSWORD", "x", "OPENROUTER_KEY", "x", "VECTORS_KEY", "x", "QWEN_PASSWORD", "x");
    HubConfig config =
        ConfigReader.read(
            Path.of("src/main/config/hub.example.yaml"), Configs.EXAMPLE_TYPES, environment::get);
    assertThat(config.server()).isEqualTo(ServerConfig.DEFAULT);
    assertThat(config.backends())
        .extracting(BackendConfig::id)
        .containsExactly(
            "omni",
            "spare",
            "whisper",
            "router",
            "vectors",
            "chatterbox",
            "voicebox",
            "speaches",
            "kokoro",
            "faster-whisper",
            "whisper-cpp",
            "qwen-qwen3-32b");
    assertThat(config.own().local()).isEqualTo(LocalConfig.DEFAULT);
    assertThat(config.backends().getFirst().timeouts()).isEqualTo(TimeoutsConfig.DEFAULT);
    BackendConfig first = config.backends().getFirst();
    assertThat(first.limits()).isEqualTo(LimitsConfig.DEFAULT);
    assertThat(first.breaker()).isEqualTo(BreakerConfig.DEFAULT);
    assertThat(first.retry()).isEqualTo(RetryConfig.DEFAULT);
    assertThat(first.local()).isFalse();
    ModelConfig assistant = config.models().getFirst();
    assertThat(assistant)
        .usingRecursiveComparison()
        .ignoringFields("rules")
        .isEqualTo(ModelConfig.of("assistant", assistant.targets()));
  }
}
