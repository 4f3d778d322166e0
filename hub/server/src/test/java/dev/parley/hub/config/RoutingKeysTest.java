package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Privacy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the file says of routing and resilience, and what holds where it says nothing. */
class RoutingKeysTest {

  private static final String BACKEND =
      """
      backends:
        - id: a
          type: openai
          base_url: http://h:1/v1
      """;
  private static final String NAME =
      "models:\n  - id: x\n    targets: [{ backend: a, model: m }]\n";

  @Test
  void leavesDefaultsOfABackendWhereNothingIsSaid() throws Exception {
    BackendConfig backend = Configs.parse(BACKEND).backends().getFirst();
    assertThat(backend.local()).isFalse();
    assertThat(backend.breaker()).isEqualTo(BreakerConfig.DEFAULT);
    assertThat(backend.breaker())
        .isEqualTo(
            new BreakerConfig(
                5,
                50,
                Duration.ofSeconds(30),
                20,
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                1,
                Duration.ofSeconds(10)));
    assertThat(backend.retry())
        .isEqualTo(
            new RetryConfig(
                2,
                4,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                20,
                10));
    BackendConfig empty =
        Configs.parse(BACKEND + "    breaker: {}\n    retry: {}\n").backends().getFirst();
    assertThat(empty).isEqualTo(backend);
  }

  @Test
  void setsEveryKeyOfABackend() throws Exception {
    BackendConfig backend =
        Configs.parse(
                BACKEND
                    + """
                        local: true
                        timeouts:
                          { connect: 1s, write: 2s, headers: 3s, first_byte: 4s, idle: 5s, total: 6s }
                        limits: { concurrency: 1, queue: 2, queue_wait: 3s }
                        breaker:
                          failures: 1
                          error_percent: 2
                          window: 3s
                          calls_min: 4
                          cool_down: 5s
                          cool_down_max: 6s
                          probes: 7
                          ramp: 8s
                        retry:
                          tries: 1
                          tries_alone: 3
                          backoff: 3ms
                          backoff_max: 4ms
                          wait_max: 5ms
                          budget_percent: 6
                          budget_min: 7
                        models:
                          - id: m
                            price:
                              { input_tokens: 0.15, output_tokens: 0.60, cached_tokens: 0.075,
                                audio_input_tokens: 10, audio_output_tokens: 20, audio_minute: 0.006,
                                characters: 15, request: 0.0001 }
                    """)
            .backends()
            .getFirst();
    assertThat(backend.local()).isTrue();
    assertThat(backend.timeouts())
        .isEqualTo(
            new TimeoutsConfig(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Optional.of(Duration.ofSeconds(3)),
                Optional.of(Duration.ofSeconds(4)),
                Duration.ofSeconds(5),
                Optional.of(Duration.ofSeconds(6))));
    assertThat(backend.limits())
        .isEqualTo(new LimitsConfig(1, 2, Optional.of(Duration.ofSeconds(3))));
    assertThat(backend.breaker())
        .isEqualTo(
            new BreakerConfig(
                1,
                2,
                Duration.ofSeconds(3),
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                7,
                Duration.ofSeconds(8)));
    assertThat(backend.retry())
        .isEqualTo(
            new RetryConfig(
                1, 3, Duration.ofMillis(3), Duration.ofMillis(4), Duration.ofMillis(5), 6, 7));
    assertThat(backend.models().getFirst().price())
        .isEqualTo(
            new PriceConfig(
                OptionalLong.of(150_000),
                OptionalLong.of(600_000),
                OptionalLong.of(75_000),
                OptionalLong.of(10_000_000),
                OptionalLong.of(20_000_000),
                OptionalLong.of(6_000),
                OptionalLong.of(15_000_000),
                OptionalLong.of(100)));
  }

  @Test
  void readsTheKeysOfABackendInFlatEntriesToo() throws Exception {
    BackendConfig backend =
        Configs.parse(
                """
                - id: m
                  base_url: http://h
                  local: true
                  breaker: { probes: 3 }
                  retry: { tries: 3 }
                  price: { characters: 0.000001 }
                """)
            .backends()
            .getFirst();
    assertThat(backend.local()).isTrue();
    assertThat(backend.breaker().probes()).isEqualTo(3);
    assertThat(backend.retry().tries()).isEqualTo(3);
    assertThat(backend.models().getFirst().price().characters()).hasValue(1);
    assertThat(backend.models().getFirst().price().inputTokens()).isEmpty();
  }

  @Test
  void leavesDefaultsOfANameWhereNothingIsSaid() throws Exception {
    assertThat(Configs.parse(BACKEND + NAME).models())
        .containsExactly(
            new ModelConfig(
                "x",
                Strategy.PRIORITY,
                List.of(new TargetConfig.Served("a", "m", 1)),
                List.of(),
                Stickiness.NONE,
                Privacy.ANYWHERE,
                Duration.ofMillis(20),
                false,
                Optional.empty(),
                Optional.empty()));
    assertThat(hedge("{ after: 1s }")).contains(new HedgeConfig(Duration.ofSeconds(1), 5));
  }

  private static Optional<HedgeConfig> hedge(String yaml) throws ConfigException {
    return Configs.parse(BACKEND + NAME + "    hedge: " + yaml).models().getFirst().hedge();
  }

  @Test
  void setsEveryKeyOfAName() throws Exception {
    HubConfig config =
        Configs.parse(
            BACKEND
                + """
                    local: true
                models:
                  - id: x
                    strategy: weighted
                    sticky: session
                    privacy: local_only
                    hold_back: 1s
                    continue: true
                    hedge: { after: 300ms, budget_percent: 7 }
                    targets: [{ backend: a, model: m, weight: 3 }, { alias: y, weight: 2 }]
                    rules:
                      - when:
                          capability: [stt, chat]
                          language: [en, pt-BR]
                          input: [image]
                          output: [audio, text]
                          stream: true
                          key: [k1]
                          tag: [t1, t2]
                          priority: [batch]
                          audio_min: 30s
                          audio_max: 10m
                          size_min: 1MiB
                          size_max: 10MiB
                          context_min: 32000
                          context_max: 200000
                        strategy: cheapest
                        targets: [{ alias: y }]
                  - { id: y, targets: [{ backend: a, model: n }] }
                """);
    assertThat(config.models().getFirst())
        .isEqualTo(
            new ModelConfig(
                "x",
                Strategy.WEIGHTED,
                List.of(new TargetConfig.Served("a", "m", 3), new TargetConfig.Alias("y", 2)),
                List.of(
                    new RuleConfig(
                        new ConditionsConfig(
                            Set.of(Capability.STT, Capability.CHAT),
                            List.of("en", "pt-BR"),
                            Set.of(Modality.IMAGE),
                            Set.of(Modality.AUDIO, Modality.TEXT),
                            Optional.of(true),
                            List.of("k1"),
                            List.of("t1", "t2"),
                            Set.of(Priority.BATCH),
                            Optional.of(Duration.ofSeconds(30)),
                            Optional.of(Duration.ofMinutes(10)),
                            OptionalLong.of(1 << 20),
                            OptionalLong.of(10 << 20),
                            OptionalLong.of(32_000),
                            OptionalLong.of(200_000)),
                        Optional.of(Strategy.CHEAPEST),
                        List.of(new TargetConfig.Alias("y", 1)))),
                Stickiness.SESSION,
                Privacy.LOCAL_ONLY,
                Duration.ofSeconds(1),
                true,
                Optional.of(new HedgeConfig(Duration.ofMillis(300), 7)),
                Optional.empty()));
  }

  @Test
  void takesASingleConditionForAListOfOne() throws Exception {
    assertThat(when("{ capability: speech-to-text, language: en, input: audio, output: text }"))
        .isEqualTo(when("{ capability: [stt], language: [en], input: [audio], output: [text] }"));
    assertThat(when("{ key: k, tag: t, priority: batch }"))
        .isEqualTo(when("{ key: [k], tag: [t], priority: [batch] }"));
    assertThat(when("{ stream: false }").stream()).contains(false);
    assertThat(when("{ stream: false }").capabilities()).isEmpty();
  }

  private static ConditionsConfig when(String yaml) throws ConfigException {
    String rule = "    rules: [{ when: " + yaml + ", targets: [{ backend: a, model: n }] }]\n";
    return Configs.parse(BACKEND + NAME + rule).models().getFirst().rules().getFirst().when();
  }

  @Test
  void anAliasMayNameAModelThatABackendLists() throws Exception {
    HubConfig config =
        Configs.parse(
            BACKEND + "    models: [{ id: m }]\n" + "models: [{ id: x, targets: [{ alias: m }] }]");
    assertThat(config.models().getFirst().targets())
        .containsExactly(new TargetConfig.Alias("m", 1));
  }

  @Test
  void readsPricesExactly() {
    assertThat(PriceText.parse("0.1")).hasValue(100_000);
    assertThat(PriceText.parse("0")).hasValue(0);
    assertThat(PriceText.parse("1000000000")).hasValue(1_000_000_000_000_000L);
    assertThat(PriceText.parse("1000000000.000001")).isEmpty();
    for (String text : List.of("", ".5", "5.", "-1", "1e3", "0.0000001", "1,5", "99999999999")) {
      assertThat(PriceText.parse(text)).as(text).isEmpty();
    }
    for (String text : List.of("0", "0.15", "0.6", "100", "0.000001", "999999999.999999")) {
      assertThat(PriceText.format(PriceText.parse(text).orElseThrow())).isEqualTo(text);
    }
  }
}
