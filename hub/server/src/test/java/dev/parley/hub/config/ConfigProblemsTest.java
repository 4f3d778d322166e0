package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes and the lines that they get. */
class ConfigProblemsTest {

  private static final String BACKEND = "{ id: a, type: vllm, base_url: 'http://a' }";
  private static final String LISTED =
      "{ id: b, type: vllm, base_url: 'http://b', models: [ { id: qwen3 } ] }";

  static List<Arguments> mistakes() {
    return List.of(
        mistake(
            "server: { prot: 1 }",
            "hub.yaml:1 server.prot: unknown key (nearest: port; known: host, port,"
                + " request_bytes_max, response_bytes_max, json_depth_max, drain_timeout,"
                + " heartbeat, head_timeout, connections_max, connections_per_address_max, tls)"),
        mistake(
            "backend: []",
            "hub.yaml:1 backend: unknown key (nearest: backends; known: server, media, local,"
                + " voices, database, access, limits, usage, telemetry, cache, backends,"
                + " models, defaults, model_backends)"),
        mistake(
            "database: { url: 'jdbc:postgresql://u:p@h/db' }",
            "hub.yaml:1 database.url: (hidden) (expected: a URL such as"
                + " jdbc:postgresql://HOST/NAME, user and password apart)"),
        mistake(
            "usage: { flush: 1ms }",
            "hub.yaml:1 usage.flush: \"1ms\" (expected: a duration such as 900ms, within"
                + " 10ms..10s)"),
        mistake(
            "usage: { keep: 1h }",
            "hub.yaml:1 usage.keep: \"1h\" (expected: a duration such as 900ms, within"
                + " 24h..87840h)"),
        mistake(
            "usage: { currency: euro }",
            "hub.yaml:1 usage.currency: \"euro\" (expected: the three letters of a currency, such"
                + " as USD or EUR)"),
        mistake(
            "usage: { flsh: 1s }",
            "hub.yaml:1 usage.flsh: unknown key (nearest: flush; known: flush, keep, currency)"),
        mistake(
            "voices: { seconds_max: 0 }",
            "hub.yaml:1 voices.seconds_max: \"0\" (expected: a whole number within 1..600)"),
        mistake(
            "database: { user: anna }",
            "hub.yaml:1 database.url: missing (expected: a URL such as"
                + " jdbc:postgresql://HOST/NAME, user and password apart)"),
        mistake(
            "server:\n  port: 65536",
            "hub.yaml:2 server.port: \"65536\" (expected: a whole number within 0..65535)"),
        mistake(
            "server: { heartbeat: \"90\" }",
            "hub.yaml:1 server.heartbeat: \"90\" (expected: a duration such as 900ms, within"
                + " 100ms..5m)"),
        mistake(
            "server: { request_bytes_max: 2GiB }",
            "hub.yaml:1 server.request_bytes_max: \"2GiB\" (expected: a size such as 32MiB, within"
                + " 1KiB..1GiB)"),
        mistake(
            "server: { host: 'a b' }",
            "hub.yaml:1 server.host: \"a b\" (expected: a host name or an IP address, such as"
                + " 127.0.0.1 or ::)"),
        mistake("server: [1]", "hub.yaml:1 server: a list (expected: a map of keys)"),
        mistake(
            "server: { port: [1] }", "hub.yaml:1 server.port: a list (expected: a single value)"),
        mistake("backends: { id: a }", "hub.yaml:1 backends: a map (expected: a list)"),
        mistake("backends: [ a ]", "hub.yaml:1 backends[0]: \"a\" (expected: a map of keys)"),
        mistake(
            "server: { port: 1 }\nserver: { port: 2 }",
            "hub.yaml:2 server: duplicate key (expected: one; the first is on line 1)"),
        mistake(
            "backends:\n- " + BACKEND + "\n- " + BACKEND,
            "hub.yaml:3 backends[1].id: \"a\" (expected: an id given once; the first is on line"
                + " 2)"),
        mistake(
            "backends:\n- { id: a, type: vlm, base_url: 'http://a' }"
                .replace("{ id", "{ models: [], id"),
            "hub.yaml:2 backends[0].type: \"vlm\" (nearest: vllm; expected: one of llama-server,"
                + " ollama, openai, openrouter, tei, vllm, vllm-omni)"),
        mistake(
            "backends: [ { id: a, type: vllm } ]",
            "hub.yaml:1 backends[0].base_url: missing (expected: " + BaseUrl.ALLOWED + ")"),
        mistake(
            "backends: [ { id: a, type: vllm, base_url: 'http://me:s3cret@h' } ]",
            "hub.yaml:1 backends[0].base_url: (hidden) (expected: " + BaseUrl.ALLOWED + ")"),
        mistake(
            "backends: [ { id: a, type: vllm, base_url: gpu-1 } ]",
            "hub.yaml:1 backends[0].base_url: \"gpu-1\" (expected: " + BaseUrl.ALLOWED + ")"),
        mistake(
            "backends: [ { id: a, modles: [], type: vllm, base_url: 'http://a' } ]",
            "hub.yaml:1 backends[0].modles: unknown key (nearest: models; known: id, models, type,"
                + " base_url, auth, timeouts, limits, breaker, retry, local, headers,"
                + " media_urls, tls)"),
        mistake(
            backend("auth: { scheme: basic, user: u, password: \"a\\nb\" }"),
            "hub.yaml:1 backends[0].auth.password: (hidden) (expected: 1 to 8192 characters without"
                + " line ends and control characters)"),
        mistake(
            backend("auth: s3cret"),
            "hub.yaml:1 backends[0].auth: (hidden) (expected: a map of keys)"),
        mistake(
            backend("auth: { scheme: bearer, tokn: s3cret }"),
            "hub.yaml:1 backends[0].auth.tokn: unknown key (nearest: token; known: scheme, token)",
            "hub.yaml:1 backends[0].auth.token: missing (expected: a value, best taken from the"
                + " environment as ${NAME})"),
        mistake(
            backend("auth: { scheme: bearer, token: '${GONE}' }"),
            "hub.yaml:1 backends[0].auth.token: GONE is not set (expected: this environment"
                + " variable set, or a default as in ${NAME:-default})"),
        mistake(
            backend("headers: { content-length: '1' }"),
            "hub.yaml:1 backends[0].headers.content-length: an unusable name (expected: "
                + HeaderName.ALLOWED
                + ")"),
        mistake(
            backend("models: [ { id: m, capabilities: [chta], languages: [e_n] } ]"),
            "hub.yaml:1 backends[0].models[0].capabilities[0]: \"chta\" (nearest: chat; expected:"
                + " one of chat, completion, embedding, stt, tts, voice_clone, diarization,"
                + " speaker_verification, denoise, vad, realtime)",
            "hub.yaml:1 backends[0].models[0].languages[0]: \"e_n\" (expected: a language tag such"
                + " as en or pt-BR)"),
        mistake(
            "- { id: m, base_url: 'http://a', auth_user: u }",
            "hub.yaml:1 [0].auth_password: missing (expected: the password that goes with"
                + " auth_user)"),
        mistake(
            "- { id: m, base_url: 'http://a' }\n- { id: m, base_url: 'http://a/' }",
            "hub.yaml:2 [1].id: \"m\" (expected: another id or base_url; the same pair is on line"
                + " 1)"),
        mistake(
            "backends: [ "
                + LISTED
                + " ]\nmodels: [ { id: x, targets: [ { backend: c, model: y } ] } ]",
            "hub.yaml:2 models[0].targets[0].backend: \"c\" (nearest: b; expected: one of b)"),
        mistake(
            "backends: [ "
                + LISTED
                + " ]\nmodels: [ { id: x, targets: [ { backend: b, model: qwen } ] } ]",
            "hub.yaml:2 models[0].targets[0].model: \"qwen\" (nearest: qwen3; expected: one of"
                + " qwen3)"),
        mistake(
            "backends: [ "
                + LISTED
                + ", "
                + BACKEND
                + " ]\nmodels: [ { id: qwen3, targets: [ { backend: a, model: y } ] } ]",
            "hub.yaml:2 models[0].id: \"qwen3\" (expected: another name, as backend b serves a"
                + " model of this one)"),
        mistake(
            "backends: [ "
                + BACKEND
                + " ]\nmodels: [ { id: x, targets: [ { backend: a, model: y }, { backend: a, model: y }"
                + " ] } ]",
            "hub.yaml:2 models[0].targets[1]: the same target again (expected: each target once)"),
        mistake(
            "backends: [ " + BACKEND + " ]\nmodels: [ { id: x, targets: [] } ]",
            "hub.yaml:2 models[0].targets: 0 targets (expected: 1 to 64 targets, each with backend"
                + " and model, or with alias)"),
        mistake(
            "backends: [ " + LISTED + " ]\ndefaults: { chat: gwen3, cooking: qwen3 }",
            "hub.yaml:2 defaults.chat: \"gwen3\" (nearest: qwen3; expected: one of qwen3)",
            "hub.yaml:2 defaults.cooking: unknown key (known: chat, completion, embedding, stt, tts,"
                + " voice_clone, diarization, speaker_verification, denoise, vad, realtime)"),
        mistake(
            "backends: [ " + LISTED + " ]\ndefaults: { stt: qwen3, transcription: qwen3 }",
            "hub.yaml:2 defaults.transcription: a second default for stt (expected: one for each"
                + " capability)"),
        mistake("", "hub.yaml: an empty document (expected: server, backends, models or defaults)"),
        mistake("just words", "hub.yaml:1: \"just words\" (expected: a map of keys)"),
        mistake(
            "server: { port: 1",
            "hub.yaml:1: column 18: expected ',' or '}', but got <stream end> (expected: a YAML"
                + " document)"),
        mistake(
            "a: *s3cret",
            "hub.yaml:1: column 4: found undefined alias (expected: a YAML document)"),
        mistake(
            "backends: &b [ *b ]",
            "hub.yaml:1: an alias inside its own anchor (expected: aliases without loops)"),
        mistake(
            "server: { host: \"a\\e[31m\\u202e\" }",
            "hub.yaml:1 server.host: \"a\\u001b[31m\\u202e\" (expected: a host name or an IP"
                + " address, such as 127.0.0.1 or ::)"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsTheMistake(String yaml, List<String> problems) {
    assertThat(Configs.problems(yaml)).containsExactlyElementsOf(problems);
  }

  @Test
  void tellsAllMistakesInTheOrderOfTheFile() {
    assertThat(
            Configs.problems(
                """
                defaults: { chat: nobody }
                server: { port: x }
                backends:
                  - { type: nope, base_url: 1, models: [ { capabilities: [z] } ] }
                """))
        .hasSize(7)
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .isSorted();
  }

  @Test
  void shortensLongValues() {
    assertThat(Configs.problems("server: { port: " + "x".repeat(10_000) + " }").getFirst())
        .contains("\"" + "x".repeat(80) + "…\"")
        .hasSizeLessThan(200);
  }

  @Test
  void boundsTheNumberOfProblems() {
    assertThat(Configs.problems("- 1\n".repeat(500)))
        .hasSize(101)
        .last()
        .isEqualTo("hub.yaml: 400 more problems (expected: those above mended first)");
  }

  @Test
  void boundsNesting() {
    assertThat(Configs.problems("[".repeat(100_000)).getFirst()).contains("nested deeper than 32");
  }

  @Test
  void boundsAliasExpansion() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      laughs.append("a" + i + ": &a" + i + " [" + (alias + ",").repeat(9) + alias + "]\n");
    }
    assertThat(Configs.problems(laughs.toString()).getFirst()).contains("expand too far");
  }

  @Test
  void boundsTheDocument() {
    assertThat(Configs.problems("#".repeat((1 << 20) + 1)).getFirst()).contains("more than 1MiB");
  }

  private static String backend(String more) {
    return "backends: [ { id: a, type: vllm, base_url: 'http://a', " + more + " } ]";
  }

  private static Arguments mistake(String yaml, String... problems) {
    return Arguments.of(yaml, List.of(problems));
  }
}
