package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in what the file says of routing and resilience, and the lines that they get. */
class RoutingProblemsTest {

  private static final String STRATEGIES =
      "one of priority, weighted, least_busy, least_latency, cheapest";
  private static final String CONDITIONS =
      "at least one of capability, language, input, output, key, tag, priority, stream, audio_min,"
          + " audio_max, size_min, size_max, context_min, context_max";

  static List<Arguments> backendMistakes() {
    return List.of(
        mistake("local: yes", "local: \"yes\" (expected: one of true, false)"),
        mistake("local: tru", "local: \"tru\" (nearest: true; expected: one of true, false)"),
        mistake(
            "breaker: { failurs: 1 }",
            "breaker.failurs: unknown key (nearest: failures; known: failures, error_percent,"
                + " window, calls_min, cool_down, cool_down_max, probes, ramp)"),
        mistake(
            "breaker: { error_percent: 0 }",
            "breaker.error_percent: \"0\" (expected: a whole number within 1..100)"),
        mistake(
            "breaker: { cool_down: 5s, cool_down_max: 4s }",
            "breaker.cool_down_max: 4s (expected: at least cool_down, which is 5s)"),
        mistake(
            "breaker: { cool_down: 20s }",
            "breaker.cool_down: 20s (expected: at most cool_down_max, which is 15s)"),
        mistake(
            "breaker: { cool_down: 20s, cool_down_max: x }",
            "breaker.cool_down_max: \"x\" (expected: a duration such as 900ms, within 10ms..10m)"),
        mistake("breaker: on", "breaker: \"on\" (expected: a map of keys)"),
        mistake(
            "retry: { try: 1 }",
            "retry.try: unknown key (known: tries, tries_alone, backoff, backoff_max,"
                + " wait_max, budget_percent, budget_min)"),
        mistake("retry: { tries: 7 }", "retry.tries: \"7\" (expected: a whole number within 1..6)"),
        mistake(
            "retry: { backoff_max: 100ms }",
            "retry.backoff_max: 100ms (expected: at least backoff, which is 200ms)"),
        mistake(
            "models: [{ id: m, price: { input_tokens: 1e3 } }]",
            "models[0].price.input_tokens: \"1e3\" (expected: " + PriceText.ALLOWED + ")"),
        mistake(
            "models: [{ id: m, price: { output: 1 } }]",
            "models[0].price.output: unknown key (known: input_tokens, output_tokens,"
                + " cached_tokens, audio_input_tokens, audio_output_tokens, audio_minute,"
                + " characters, request)"));
  }

  @ParameterizedTest
  @MethodSource("backendMistakes")
  void tellsTheMistakeInABackend(String yaml, List<String> problems) {
    String text =
        "backends:\n- { id: a, type: vllm, base_url: 'http://a', MORE }".replace("MORE", yaml);
    assertThat(Configs.problems(text))
        .containsExactlyElementsOf(
            problems.stream().map(problem -> "hub.yaml:2 backends[0]." + problem).toList());
  }

  static List<Arguments> nameMistakes() {
    return List.of(
        mistake(
            "strategy: wieghted",
            "strategy: \"wieghted\" (nearest: weighted; expected: " + STRATEGIES + ")"),
        mistake("sticky: user", "sticky: \"user\" (expected: one of none, session, voice)"),
        mistake("privacy: local", "privacy: \"local\" (expected: one of anywhere, local_only)"),
        mistake(
            "hold_back: 6s",
            "hold_back: \"6s\" (expected: a duration such as 900ms, within" + " 0s..5s)"),
        mistake("continue: 1", "continue: \"1\" (expected: one of true, false)"),
        mistake("hedge: on", "hedge: \"on\" (expected: a map of keys)"),
        mistake(
            "hedge: { budget_percent: 0 }",
            "hedge.after: missing (expected: a duration such as 300ms, within 1ms..60s)",
            "hedge.budget_percent: \"0\" (expected: a whole number within 1..100)"),
        mistake(
            "rule: []",
            "rule: unknown key (nearest: rules; known: id, strategy, sticky, privacy, hold_back,"
                + " continue, hedge, cache, targets, rules)"),
        mistake("rules: [a]", "rules[0]: \"a\" (expected: a map of keys)"),
        mistake(
            "rules: [{ targets: [{ backend: a, model: n }] }]",
            "rules[0].when: missing (expected: a map of conditions, " + CONDITIONS + ")"),
        rule("{}", "when: no condition (expected: " + CONDITIONS + ")"),
        rule("{ tag: }", "when: no condition (expected: " + CONDITIONS + ")"),
        rule("all", "when: \"all\" (expected: a map of keys)"),
        rule("{ tag: [] }", "when.tag: an empty list (expected: at least one value)"),
        rule(
            "{ capability: [stt, chta] }",
            "when.capability[1]: \"chta\" (nearest: chat; expected: one of chat, completion,"
                + " embedding, stt, tts, voice_clone, diarization, speaker_verification, denoise,"
                + " vad, realtime)"),
        rule(
            "{ input: sound }",
            "when.input: \"sound\" (expected: one of text, audio, image, video, file)"),
        rule(
            "{ priority: bach }",
            "when.priority: \"bach\" (nearest: batch; expected: one of interactive, standard,"
                + " batch)"),
        rule(
            "{ tag: 'a,b' }",
            "when.tag: \"a,b\" (expected: " + ConditionsConfig.NAME_ALLOWED + ")"),
        rule(
            "{ language: e_n }",
            "when.language: \"e_n\" (expected: a language tag such as en or pt-BR)"),
        rule("{ stream: maybe }", "when.stream: \"maybe\" (expected: one of true, false)"),
        rule(
            "{ audio_min: 2m, audio_max: 60s }",
            "when.audio_max: 60s (expected: at least audio_min, which is 2m)"),
        rule(
            "{ size_min: 2MiB, size_max: 1MiB }",
            "when.size_max: 1MiB (expected: at least size_min, which is 2MiB)"),
        rule(
            "{ context_min: 2, context_max: 1 }",
            "when.context_max: 1 (expected: at least context_min, which is 2)"),
        rule(
            "{ size: 1MiB }",
            "when.size: unknown key (known: "
                + CONDITIONS.substring("at least one of ".length())
                + ")"),
        mistake(
            "rules: [{ when: { tag: t }, strategy: fastest, targets: [] }]",
            "rules[0].strategy: \"fastest\" (expected: " + STRATEGIES + ")",
            "rules[0].targets: 0 targets (expected: 1 to 64 targets, each with backend and model,"
                + " or with alias)"),
        mistake(
            "rules: [{ when: { tag: t }, targets: [{ alias: y }, { alias: y, weight: 2 }] }]",
            "rules[0].targets[1]: the same target again (expected: each target once)"),
        mistake(
            "rules: [{ when: { tag: t }, targets: [{ alias: z }] }]",
            "rules[0].targets[0].alias: \"z\" (nearest: x; expected: one of x, y)"),
        mistake(
            "rules: [{ when: { tag: t }, targets: [{ alias: y, model: m, backend: a }] }]",
            "rules[0].targets[0].backend: given besides alias (expected: either alias, or backend"
                + " and model)",
            "rules[0].targets[0].model: given besides alias (expected: either alias, or backend and"
                + " model)"),
        mistake(
            "rules: [{ when: { tag: t }, targets: [{ alias: x }] }]",
            "rules[0].targets[0].alias: x -> x (expected: aliases that lead to backends, without a"
                + " loop)"),
        mistake(
            "privacy: local_only, rules: [{ when: { tag: t }, targets: [{ alias: y }] }]",
            "targets: no local target (expected: at least one target on a backend with local: true,"
                + " as privacy is local_only)",
            "rules[0]: no local target (expected: at least one target on a backend with local: true,"
                + " as privacy is local_only)"));
  }

  @ParameterizedTest
  @MethodSource("nameMistakes")
  void tellsTheMistakeInAName(String yaml, List<String> problems) {
    String text =
        """
        backends: [{ id: a, type: vllm, base_url: 'http://a' }]
        models:
        - { id: x, targets: [{ backend: a, model: m }], MORE }
        - { id: y, targets: [{ backend: a, model: m }] }
        """
            .replace("MORE", yaml);
    assertThat(Configs.problems(text))
        .containsExactlyElementsOf(
            problems.stream().map(problem -> "hub.yaml:3 models[0]." + problem).toList());
  }

  @Test
  void tellsEachLoopOnceAndByItsWholePath() {
    assertThat(
            Configs.problems(
                """
                backends: [{ id: s, type: vllm, base_url: 'http://a' }]
                models:
                - { id: a, targets: [{ backend: s, model: m }, { alias: b }] }
                - { id: b, targets: [{ alias: c }] }
                - id: c
                  targets: [{ backend: s, model: m }]
                  rules: [{ when: { tag: t }, targets: [{ alias: b }] }]
                - { id: d, targets: [{ alias: b }] }
                """))
        .containsExactly(
            "hub.yaml:4 models[1].targets[0].alias: b -> c -> b (expected: aliases that lead to"
                + " backends, without a loop)");
  }

  @Test
  void eightAliasesInARowAreFineAndNineAreNot() {
    assertThat(Configs.problems(chain(9))).isEmpty();
    assertThat(Configs.problems(chain(11)))
        .containsExactly(
            "hub.yaml:4 models[1].targets[0].alias: n9 -> n8 -> n7 -> n6 -> n5 -> n4 -> n3 -> n2 ->"
                + " n1 -> n0 (expected: at most 8 aliases in a row)");
  }

  /** So many names, of which each but the last leads to the next. */
  private static String chain(int names) {
    StringBuilder text =
        new StringBuilder("backends: [{ id: s, type: vllm, base_url: 'http://a' }]\nmodels:\n");
    for (int i = names - 1; i > 0; i--) {
      text.append("- { id: n" + i + ", targets: [{ alias: n" + (i - 1) + " }] }\n");
    }
    return text.append("- { id: n0, targets: [{ backend: s, model: m }] }\n").toString();
  }

  @Test
  void aNameMayHideAModelThatItLeadsToThroughAnother() {
    String text =
        """
        backends: [{ id: s, type: vllm, base_url: 'http://a', models: [{ id: m }, { id: n }] }]
        models:
        - { id: m, targets: [{ alias: y }] }
        - { id: y, targets: [{ backend: s, model: m }] }
        """;
    assertThat(Configs.problems(text)).isEmpty();
    assertThat(Configs.problems(text.replace("model: m", "model: n")))
        .containsExactly(
            "hub.yaml:3 models[0].id: \"m\" (expected: another name, as backend s serves a model of"
                + " this one)");
  }

  @Test
  void boundsTheRulesOfAName() {
    String rule = "{ when: { tag: t }, targets: [{ backend: s, model: n }] }, ";
    assertThat(
            Configs.problems(
                "backends: [{ id: s, type: vllm, base_url: 'http://a' }]\n"
                    + "models: [{ id: x, targets: [{ backend: s, model: m }], rules: ["
                    + rule.repeat(65)
                    + "] }]"))
        .containsExactly("hub.yaml:2 models[0].rules: 65 rules (expected: at most 64)");
  }

  private static Arguments rule(String when, String problem) {
    return mistake(
        "rules: [{ when: " + when + ", targets: [{ backend: a, model: n }] }]",
        "rules[0]." + problem);
  }

  private static Arguments mistake(String yaml, String... problems) {
    return Arguments.of(yaml, List.of(problems));
  }
}
