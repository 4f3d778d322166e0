package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Scope;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessReaderTest {

  private static final String WHOLE =
      """
      access:
        open: everywhere
        metrics: key
        cors: {origins: ["https://app.example.com", "http://localhost:3000"]}
        trusted_proxies: [10.0.0.0/8, "::1"]
        keys:
          - name: lab
            key: ${LAB_KEY}
            owner: audio
            tags: [night]
            expires: 2027-01-31
            models: [gpt-*, whisper]
            capabilities: [chat, text-to-speech]
            backends: [gpu]
            pin: false
            priority_max: batch
            role: admin
            limits: {requests: 600/1m, streams: 4, budget: {day: 5}}
          - {name: other, key: other-other-other-other}
      """;

  private static HubConfig read(String text, Map<String, String> environment)
      throws ConfigException {
    return ConfigReader.parse(text, "hub.yaml", Set.of("openai"), environment::get);
  }

  private static List<String> problems(String text) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> read(text, Map.of()));
    return refused.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void readsEveryMember() throws ConfigException {
    AccessConfig access = read(WHOLE, Map.of("LAB_KEY", "sk-lab")).own().access();
    assertThat(access.open()).isEqualTo(AccessConfig.Open.EVERYWHERE);
    assertThat(access.metrics()).isEqualTo(AccessConfig.Metrics.KEY);
    assertThat(access.origins())
        .containsExactly("https://app.example.com", "http://localhost:3000");
    assertThat(access.trustedProxies())
        .extracting(AddressBlock::text)
        .containsExactly("10.0.0.0/8", "::1");
    StaticKeyConfig lab = access.keys().getFirst();
    assertThat(lab.secret().value()).isEqualTo("sk-lab");
    KeyConfig key = lab.key();
    assertThat(key.name()).isEqualTo("lab");
    assertThat(key.owner()).isEqualTo("audio");
    assertThat(key.tags()).containsExactly("night");
    assertThat(key.expires()).contains(Instant.parse("2027-01-31T00:00:00Z"));
    assertThat(key.scope())
        .isEqualTo(
            new Scope(
                List.of("gpt-*", "whisper"),
                Set.of(Capability.CHAT, Capability.TTS),
                Set.of("gpu"),
                Scope.Pinning.REFUSED));
    assertThat(key.priorityMax()).isEqualTo(Priority.BATCH);
    assertThat(key.role()).isEqualTo(KeyConfig.Role.ADMIN);
    assertThat(key.allowance().streams()).hasValue(4);
    assertThat(key.allowance().dayBudget()).hasValue(5_000_000);
    assertThat(key.allowance().quotas()).extracting(QuotaConfig::text).containsExactly("600/60s");
    assertThat(access.keys().get(1).key()).isEqualTo(KeyConfig.named("other"));
  }

  @Test
  void printsEverythingButTheKey() throws ConfigException {
    List<String> lines =
        ConfigPrinter.lines(
            read(WHOLE, Map.of("LAB_KEY", "sk-lab", "OPENAI_API_KEYS", "sk-env,ci=sk-ci")));
    assertThat(lines)
        .contains(
            "access.open = everywhere (hub.yaml:2)",
            "access.metrics = key (hub.yaml:3)",
            "access.keys[0].key = *** (environment LAB_KEY, at hub.yaml:8)",
            "access.keys[0].expires = 2027-01-31T00:00:00Z (hub.yaml:11)",
            "access.keys[0].capabilities = [chat, tts] (hub.yaml:13)",
            "access.keys[0].limits.requests = [600/60s] (hub.yaml:18)",
            "access.keys of the environment = env-1, ci (environment PARLEY_API_KEYS and"
                + " OPENAI_API_KEYS)")
        .noneMatch(line -> line.contains("sk-") || line.contains("other-other"));
  }

  @Test
  void namesEveryMistakeAndNeverShowsAKey() {
    assertThat(
            problems(
                """
                access:
                  open: anywhere
                  cors: {origins: [app.example.com]}
                  trusted_proxies: 10.0.0.0/33
                  keys:
                    - {name: a b, key: sk-secret-1}
                    - {name: a, key: "sk secret-2", role: root, expires: soon}
                    - {name: c, key: sk-secret-3, capabilities: [chatt], limitz: {}}
                    - sk-secret-4
                    - {name: d, key: sk-secret-5}
                    - {name: d, key: sk-secret-6}
                    - {name: e, key: sk-secret-5}
                    - {name: f}
                """))
        .noneMatch(line -> line.contains("secret-"))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "hub.yaml:2 access.open: \"anywhere\" (expected: one of loopback,"
                            + " everywhere)"),
            line -> assertThat(line).startsWith("hub.yaml:3 access.cors.origins[0]: \"app"),
            line -> assertThat(line).startsWith("hub.yaml:4 access.trusted_proxies: \"10.0.0.0/33"),
            line -> assertThat(line).startsWith("hub.yaml:6 access.keys[0].name: \"a b\""),
            line -> assertThat(line).startsWith("hub.yaml:7 access.keys[1].key: (hidden)"),
            line -> assertThat(line).startsWith("hub.yaml:7 access.keys[1].expires: \"soon\""),
            line -> assertThat(line).startsWith("hub.yaml:7 access.keys[1].role: \"root\""),
            line -> assertThat(line).contains("keys[2].limitz: unknown key", "nearest: limits"),
            line -> assertThat(line).contains("keys[2].capabilities", "nearest: chat"),
            line -> assertThat(line).startsWith("hub.yaml:9 access.keys[3]: (hidden)"),
            line -> assertThat(line).contains("keys[5].name: \"d\" again", "line 10"),
            line -> assertThat(line).contains("keys[6].key: (hidden) again"),
            line -> assertThat(line).startsWith("hub.yaml:13 access.keys[7].key: missing"));
  }

  @Test
  void warnsOfNamesThatAreNotConfigured() throws ConfigException {
    HubConfig config =
        read(
            """
            backends:
              - {id: gpu, type: openai, base_url: "http://h/v1", models: [{id: llama}]}
            access:
              keys:
                - {name: a, key: long-enough-for-a-key, models: [lama, ll*], backends: [gpux]}
                - {name: b, key: short}
            """,
            Map.of());
    assertThat(RouteAdvice.of(config))
        .extracting(Advice::toString)
        .containsExactly(
            "hub.yaml:5 access.keys[0].backends: \"gpux\" is no configured backend; did you mean"
                + " \"gpu\"?",
            "hub.yaml:5 access.keys[0].models: \"lama\" is no configured model; did you mean"
                + " \"llama\"?",
            "hub.yaml:6 access.keys[1].key: short enough to be guessed; parley keys create makes"
                + " long ones");
  }

  @Test
  void takesKeysOfTheEnvironmentWithAndWithoutNames() throws ConfigException {
    List<StaticKeyConfig> keys =
        EnvironmentKeys.with(
                AccessConfig.DEFAULT,
                Map.of(
                        "PARLEY_API_KEYS", "sk-one, team=sk-two ,",
                        "OPENAI_API_KEYS", "ci:sk-three,sk-one,sk-padded==")
                    ::get)
            .keys();
    assertThat(keys)
        .extracting(key -> key.key().name() + " " + key.secret().value())
        .containsExactly("env-1 sk-one", "team sk-two", "ci sk-three", "env-2 sk-padded==");
    assertThat(keys).allMatch(key -> key.key().role() == KeyConfig.Role.CALLER);
  }

  @Test
  void refusesWhatIsNoKeyInTheEnvironmentWithoutShowingIt() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                EnvironmentKeys.with(
                    AccessConfig.DEFAULT, Map.of("PARLEY_API_KEYS", "sk-good,se cret")::get));
    assertThat(refused.problems().toString())
        .contains("PARLEY_API_KEYS item 2", "(hidden)")
        .doesNotContain("cret");
  }

  @Test
  void addressBlocksCountBits() throws Exception {
    AddressBlock block = AddressBlock.parse("10.1.128.0/17").orElseThrow();
    assertThat(block.contains(InetAddress.ofLiteral("10.1.255.7"))).isTrue();
    assertThat(block.contains(InetAddress.ofLiteral("10.1.127.7"))).isFalse();
    assertThat(block.contains(InetAddress.ofLiteral("::1"))).isFalse();
    assertThat(AddressBlock.parse("example.com")).isEmpty();
    assertThat(AddressBlock.parse("0.0.0.0/0").orElseThrow().contains(block.first())).isTrue();
  }
}
