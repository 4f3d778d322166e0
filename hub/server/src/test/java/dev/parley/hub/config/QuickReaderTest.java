package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.core.model.Capability;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From variables to servers, or to what is wrong with them. */
class QuickReaderTest {

  private static final String URL_ALLOWED = BaseUrl.ALLOWED;

  private static Map<String, String> variables(String... settings) {
    Map<String, String> variables = new HashMap<>();
    Arrays.stream(settings)
        .map(setting -> setting.split("=", 2))
        .forEach(pair -> variables.put(pair[0], pair[1]));
    return variables;
  }

  private static QuickConfig read(String... settings) throws ConfigException {
    return QuickReader.read(variables(settings)::get);
  }

  private static List<String> warnings(String... settings) throws ConfigException {
    return read(settings).advice().stream().map(Advice::toString).toList();
  }

  private static HubConfig config(String... settings) throws ConfigException {
    return read(settings).config(OwnConfig.DEFAULT, Map.of(), List.of());
  }

  /** Id, type, address, authentication and models of each backend. */
  private static List<String> backends(String... settings) throws ConfigException {
    return config(settings).backends().stream()
        .map(backend ->
            String.join(
                " ",
                backend.id(),
                backend.type(),
                backend.baseUrl().toString(),
                backend.auth().scheme(),
                String.join(",", backend.models().stream().map(BackendModelConfig::id).toList())))
        .map(String::strip)
        .toList();
  }

  static List<Arguments> good() {
    return List.of(
        asks("", new String[0]),
        asks("TTS_MODE=local WHISPER_MODE=local ASR_BACKEND=local"),
        asks("TTS_MODE= TTS_REMOTE_URL= ASR_BACKEND="),
        asks("OPENAI_API_KEY=sk-1 OPENAI_MODEL=gpt-4o"),
        asks("TTS_REMOTE_URL=http://gpu-1:8004/", "tts openai http://gpu-1:8004 none"),
        asks(
            "TTS_MODE=REMOTE TTS_REMOTE_URL=http://gpu-1:8004/v1 TTS_API_KEY=k",
            "tts openai http://gpu-1:8004/v1 bearer"),
        asks(
            "WHISPER_MODE=remote WHISPER_REMOTE_URL=http://gpu-1:9000",
            "whisper openai http://gpu-1:9000 none"),
        asks(
            "ASR_BACKEND=local WHISPER_REMOTE_URL=http://gpu-1:9000",
            "whisper openai http://gpu-1:9000 none"),
        asks(
            "ASR_BACKEND=openai OPENAI_API_KEY=sk-1",
            "openai openai https://api.openai.com/v1 bearer gpt-4o-transcribe,whisper-1"),
        asks(
            "WHISPER_MODE=openai-api OPENAI_API_KEY=sk-1 OPENAI_MODEL=whisper-1",
            "openai openai https://api.openai.com/v1 bearer whisper-1"),
        asks(
            "ASR_BACKEND=router ROUTER_API_KEY=sk-or",
            "router openrouter https://openrouter.ai/api/v1 bearer openai/whisper-large-v3"),
        asks(
            "ASR_BACKEND=router ROUTER_API_KEY=sk-or ROUTER_BASE_URL=https://r.lan ROUTER_MODEL=a/b",
            "router openrouter https://r.lan bearer a/b"),
        asks(
            "ASR_BACKEND=openai OPENAI_API_KEY=sk-1 TTS_REMOTE_URL=http://gpu-1:8004",
            "tts openai http://gpu-1:8004 none",
            "openai openai https://api.openai.com/v1 bearer gpt-4o-transcribe,whisper-1"));
  }

  @ParameterizedTest
  @MethodSource("good")
  void makesBackendsOfVariables(String environment, List<String> backends) throws Exception {
    String[] settings = environment.isEmpty() ? new String[0] : environment.split(" ", -1);
    assertThat(backends(settings)).containsExactlyElementsOf(backends);
    assertThat(read(settings).advice()).isEmpty();
  }

  private static Arguments asks(String environment, String... backends) {
    return Arguments.of(environment, List.of(backends));
  }

  static List<Arguments> mistakes() {
    return List.of(
        mistake(
            "TTS_MODE=remot",
            "environment TTS_MODE: \"remot\" (nearest: remote; expected: one of local, remote)"),
        mistake(
            "WHISPER_MODE=openai",
            "environment WHISPER_MODE: \"openai\" (expected: one of local, remote, openai-api)"),
        mistake(
            "ASR_BACKEND=openia",
            "environment ASR_BACKEND: \"openia\" (nearest: openai; expected: one of local, openai,"
                + " router)"),
        mistake(
            "TTS_MODE=remote",
            "environment TTS_REMOTE_URL: missing (expected: "
                + URL_ALLOWED
                + ", as TTS_MODE is remote)"),
        mistake(
            "WHISPER_MODE=remote",
            "environment WHISPER_REMOTE_URL: missing (expected: "
                + URL_ALLOWED
                + ", as WHISPER_MODE is remote)"),
        mistake(
            "TTS_REMOTE_URL=gpu-1:8004",
            "environment TTS_REMOTE_URL: \"gpu-1:8004\" (nearest: http://gpu-1:8004; expected: "
                + URL_ALLOWED
                + ")"),
        mistake(
            "WHISPER_REMOTE_URL=http://gpu-1/v1/audio/transcriptions",
            "environment WHISPER_REMOTE_URL: \"http://gpu-1/v1/audio/transcriptions\" (nearest:"
                + " http://gpu-1/v1; expected: "
                + URL_ALLOWED
                + ")"),
        mistake(
            "TTS_REMOTE_URL=ftp://gpu-1",
            "environment TTS_REMOTE_URL: \"ftp://gpu-1\" (expected: " + URL_ALLOWED + ")"),
        mistake(
            "TTS_REMOTE_URL=http://me:s3cret@gpu-1",
            "environment TTS_REMOTE_URL: (hidden) (expected: " + URL_ALLOWED + ")"),
        mistake(
            "TTS_REMOTE_URL=http://gpu-1/?key=s3cret",
            "environment TTS_REMOTE_URL: (hidden) (expected: " + URL_ALLOWED + ")"),
        mistake(
            "ASR_BACKEND=openai",
            "environment OPENAI_API_KEY: missing (expected: a key, as ASR_BACKEND is openai)"),
        mistake(
            "WHISPER_MODE=openai-api",
            "environment OPENAI_API_KEY: missing (expected: a key, as WHISPER_MODE is openai-api)"),
        mistake(
            "ASR_BACKEND=router",
            "environment ROUTER_API_KEY: missing (expected: a key, as ASR_BACKEND is router)"),
        mistake(
            "ASR_BACKEND=router ROUTER_API_KEY=s3\u0001cret",
            "environment ROUTER_API_KEY: (hidden) (expected: 1 to 8192 characters without line ends"
                + " and control characters)"),
        mistake(
            "ASR_BACKEND=openai OPENAI_API_KEY=k OPENAI_MODEL=größe",
            "environment OPENAI_MODEL: \"größe\" (expected: " + Names.MODEL_ALLOWED + ")"),
        mistake(
            "ASR_BACKEND=local WHISPER_MODE=openai-api OPENAI_API_KEY=k",
            "environment ASR_BACKEND: \"local\", while WHISPER_MODE is openai-api (nearest: openai;"
                + " expected: openai, or another WHISPER_MODE)"),
        mistake(
            "TTS_MODE=off ASR_BACKEND=router ROUTER_BASE_URL=ftp://x",
            "environment TTS_MODE: \"off\" (expected: one of local, remote)",
            "environment ROUTER_API_KEY: missing (expected: a key, as ASR_BACKEND is router)",
            "environment ROUTER_BASE_URL: \"ftp://x\" (expected: " + URL_ALLOWED + ")"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsEveryMistake(String environment, List<String> problems) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(environment.split(" ", -1)))
        .satisfies(e ->
            assertThat(e.problems().stream().map(Problem::toString))
                .containsExactlyElementsOf(problems));
  }

  private static Arguments mistake(String environment, String... problems) {
    return Arguments.of(environment, List.of(problems));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TTS_MODE=local TTS_REMOTE_URL=http://a | TTS_REMOTE_URL: no effect, as TTS_MODE is local
          TTS_API_KEY=k | TTS_API_KEY: no effect, as TTS_REMOTE_URL is not set
          WHISPER_MODE=local WHISPER_REMOTE_URL=x | WHISPER_REMOTE_URL: no effect, as WHISPER_MODE is local
          ASR_BACKEND=openai OPENAI_API_KEY=k WHISPER_REMOTE_URL=http://a | WHISPER_REMOTE_URL: no effect, as ASR_BACKEND is openai
          ASR_BACKEND=openai OPENAI_API_KEY=k WHISPER_MODE=remote | WHISPER_MODE: no effect, as ASR_BACKEND is openai
          WHISPER_MODE=openai-api OPENAI_API_KEY=k ROUTER_MODEL=m | ROUTER_MODEL: no effect, as WHISPER_MODE is openai-api
          ASR_BACKEND=router ROUTER_API_KEY=k OPENAI_API_KEY=k | OPENAI_API_KEY: no effect, as ASR_BACKEND is router
          ASR_BACKEND=local OPENAI_API_KEY=k | OPENAI_API_KEY: no effect, as ASR_BACKEND is local
          ROUTER_BASE_URL=nonsense | ROUTER_BASE_URL: no effect, as ASR_BACKEND is not set
          """)
  void warnsOfVariablesWithoutEffect(String environment, String warning) throws Exception {
    assertThat(warnings(environment.split(" ", -1))).containsExactly("environment " + warning);
  }

  @Test
  void anOpenAiKeyAloneSendsNothingThereAndIsNoMistake() throws Exception {
    assertThat(read("OPENAI_API_KEY=sk-of-another-program").isGiven()).isFalse();
  }

  @Test
  void saysWhatEachVariableMeansAndNeverAKey() throws Exception {
    QuickConfig quick =
        read(
            "TTS_REMOTE_URL=http://gpu-1:8004",
            "TTS_API_KEY=s3cret",
            "ASR_BACKEND=router",
            "ROUTER_API_KEY=s3cret",
            "ROUTER_MODEL=a/b");
    assertThat(quick.meanings())
        .containsExactly(
            "TTS_REMOTE_URL -> backend tts at http://gpu-1:8004",
            "TTS_API_KEY -> key of backend tts (set)",
            "ASR_BACKEND -> backend router at https://openrouter.ai/api/v1",
            "ROUTER_BASE_URL -> https://openrouter.ai/api/v1 (default)",
            "ROUTER_API_KEY -> key of backend router (set)",
            "ROUTER_MODEL -> model a/b of backend router, the default for stt");
    assertThat(quick.toString()).doesNotContain("s3cret");
  }

  @Test
  void modelsThatAreToldAreTheDefault() throws Exception {
    HubConfig config = config("ASR_BACKEND=openai", "OPENAI_API_KEY=k", "OPENAI_MODEL=m");
    assertThat(config.defaults().model(Capability.STT)).contains("m");
    assertThat(config.defaults().model(Capability.TTS)).isEmpty();
    assertThat(config.backends().getFirst().models().getFirst().capabilities())
        .containsExactly(Capability.STT);
  }

  @Test
  void aServerThatAnswersIsWhatItSays() throws Exception {
    QuickConfig quick = read("TTS_REMOTE_URL=http://gpu-1:8880", "TTS_API_KEY=k");
    HubConfig kokoro = told(quick, new ServerFacts("kokoro", List.of("kokoro")));
    assertThat(kokoro.backends().getFirst().type()).isEqualTo("kokoro");
    assertThat(kokoro.backends().getFirst().models()).isEmpty();
    HubConfig provider = told(quick, new ServerFacts("voicebox-provider", List.of()));
    assertThat(provider.backends().getFirst().auth())
        .isEqualTo(new AuthConfig.Header("x-api-key", new Secret("k")));
  }

  @Test
  void modelsOfAServerThatDoesNotSayWhatTheyAreForAreForWhatItIsNamedFor() throws Exception {
    QuickConfig quick = read("TTS_REMOTE_URL=http://gpu-1:8880");
    HubConfig only = told(quick, new ServerFacts("openai", List.of("csm-1b", "csm-3b")));
    assertThat(only.backends().getFirst().models())
        .extracting(BackendModelConfig::id)
        .containsExactly("csm-1b", "csm-3b");
    assertThat(only.defaults().model(Capability.TTS)).contains("csm-1b");
    HubConfig mixed = told(quick, new ServerFacts("openai", List.of("llama-3", "tts-1")));
    assertThat(mixed.backends().getFirst().models())
        .extracting(BackendModelConfig::id)
        .containsExactly("tts-1");
  }

  private static HubConfig told(QuickConfig quick, ServerFacts facts) {
    return quick.config(OwnConfig.DEFAULT, Map.of("tts", facts), List.of());
  }

  @Test
  void foundBackendsFollowUnderOtherNamesAndNotTwice() throws Exception {
    QuickConfig quick =
        read("TTS_REMOTE_URL=http://localhost:8880", "ASR_BACKEND=openai", "OPENAI_API_KEY=k");
    HubConfig config =
        quick.config(
            OwnConfig.DEFAULT,
            Map.of(),
            List.of(found("kokoro", 8880), found("ollama", 11434), found("openai", 9000)));
    assertThat(config.backends())
        .extracting(BackendConfig::id)
        .containsExactly("tts", "openai", "ollama", "openai-9000");
  }

  private static BackendConfig found(String id, int port) {
    URI here = URI.create("http://127.0.0.1:" + port);
    QuickServer server =
        new QuickServer(
            id,
            Capability.TTS,
            here,
            Optional.of("openai"),
            Optional.empty(),
            List.of(),
            "X",
            Map.of());
    return server.backend(Optional.empty());
  }

  @Test
  void onlyServersOfThisMachineCountAsLocal() throws Exception {
    assertThat(config("TTS_REMOTE_URL=http://127.0.0.1:1").backends().getFirst().local()).isTrue();
    assertThat(config("TTS_REMOTE_URL=http://[::1]:1").backends().getFirst().local()).isTrue();
    assertThat(config("TTS_REMOTE_URL=http://gpu-1:1").backends().getFirst().local()).isFalse();
  }

  @Test
  void refusesTheHubItself() throws Exception {
    QuickConfig quick = read("TTS_REMOTE_URL=http://localhost:8080/v1");
    assertThat(quick.naming(8080).map(Problem::toString))
        .contains(
            "environment TTS_REMOTE_URL: \"http://localhost:8080/v1\", where this hub itself"
                + " listens (expected: the address of another server)");
    assertThat(quick.naming(8081)).isEmpty();
  }

  @Test
  void printsWhereValuesComeFrom() throws Exception {
    HubConfig config =
        config("TTS_REMOTE_URL=http://gpu-1:1", "ASR_BACKEND=openai", "OPENAI_API_KEY=s3cret");
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "backends[0].id = tts (environment TTS_REMOTE_URL)",
            "backends[0].type = openai (default)",
            "backends[0].base_url = http://gpu-1:1 (environment TTS_REMOTE_URL)",
            "backends[1].base_url = https://api.openai.com/v1 (default)",
            "backends[1].auth.token = *** (environment OPENAI_API_KEY)",
            "backends[1].models[0].id = gpt-4o-transcribe (default)",
            "defaults.stt = gpt-4o-transcribe (environment ASR_BACKEND)")
        .noneMatch(line -> line.contains("s3cret"));
    HubConfig told =
        told(read("TTS_REMOTE_URL=http://a"), new ServerFacts("kokoro", List.of("kokoro")));
    assertThat(ConfigPrinter.lines(told))
        .contains("backends[0].type = kokoro (as the server says)");
  }

  @Test
  void namesVariablesThatAFileLeavesWithoutEffect() throws Exception {
    Map<String, String> variables =
        variables("TTS_REMOTE_URL=http://a", "ROUTER_API_KEY=k", "OPENAI_API_KEY=k", "TTS_MODE=");
    HubConfig file =
        ConfigReader.parse(
            "backends: [ { id: a, type: vllm, base_url: '${TTS_REMOTE_URL}' } ]",
            "hub.yaml",
            Configs.TYPES,
            variables::get);
    assertThat(QuickReader.ignored(variables::get, file.origins()))
        .containsExactly("ROUTER_API_KEY");
  }
}
