package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a valid configuration says in vain. */
class RouteAdviceTest {

  /** The name under test stands on line 13. */
  private static final String AROUND =
      """
      backends:
      - id: near
        type: vllm
        base_url: http://a
        local: true
        models:
        - { id: chat, capabilities: [chat], input_modalities: [text], output_modalities: [text], context_length: 8192 }
        - { id: stt, capabilities: [stt] }
        - { id: any }
        - { id: paid, price: { input_tokens: 1 } }
      - { id: far, type: vllm, base_url: 'http://b', models: [{ id: chat }, { id: tts, capabilities: [tts] }] }
      models:
      - { id: x, MORE }
      - { id: listeners, targets: [{ backend: near, model: stt }] }
      - { id: mixed, targets: [{ backend: near, model: stt }, { backend: near, model: chat }] }
      """;

  private static final String ANY = "targets: [{ backend: near, model: any }]";

  static List<Arguments> advices() {
    return List.of(
        name(ANY),
        // Rules that an earlier one leaves nothing.
        rules("{ tag: a }", "{ tag: b }"),
        rules("{ tag: [a, b] }", "{ tag: b }", taken(1, 0)),
        rules("{ tag: a }", "{ tag: [a, b] }"),
        rules("{ tag: a }", "{ tag: a, stream: true }", taken(1, 0)),
        rules("{ tag: a, stream: true }", "{ tag: a }"),
        rules("{ language: pt }", "{ language: [pt-BR, PT] }", taken(1, 0)),
        rules("{ language: pt-BR }", "{ language: pt }"),
        rules("{ language: pt }", "{ language: ptx }"),
        rules("{ input: image }", "{ input: [image, audio] }", taken(1, 0)),
        rules("{ input: [image, audio] }", "{ input: image }"),
        rules("{ output: audio }", "{ output: [text, audio] }", taken(1, 0)),
        rules("{ capability: [stt, chat] }", "{ capability: stt }", taken(1, 0)),
        rules("{ key: k }", "{ key: k, priority: batch }", taken(1, 0)),
        rules("{ priority: [batch, standard] }", "{ priority: batch }", taken(1, 0)),
        rules("{ stream: true }", "{ stream: true, tag: a }", taken(1, 0)),
        rules("{ audio_max: 60s }", "{ audio_max: 30s }", taken(1, 0)),
        rules("{ audio_max: 30s }", "{ audio_max: 60s }"),
        rules("{ audio_min: 0s }", "{ audio_max: 60s }", taken(1, 0)),
        rules("{ audio_min: 10s }", "{ audio_max: 60s }"),
        rules("{ audio_max: 60s }", "{ tag: a }"),
        rules(
            "{ size_min: 1KiB, size_max: 1MiB }",
            "{ size_min: 2KiB, size_max: 3KiB }",
            taken(1, 0)),
        rules("{ context_min: 1000 }", "{ context_min: 2000 }", taken(1, 0)),
        rules("{ size_max: 1MiB }", "{ audio_max: 60s }"),
        // Rules that hold for no call.
        rules(
            "{ capability: stt, context_min: 1 }",
            "{ tag: a }",
            "rules[0].when: never holds: stt calls do not tell how many tokens they take"),
        rules("{ capability: [stt, chat], context_min: 1 }", "{ tag: a }"),
        rules(
            "{ capability: [tts, chat], audio_max: 1s }",
            "{ tag: a }",
            "rules[0].when: never holds: chat calls do not tell how long their audio is, and tts"
                + " calls do not tell how long their audio is"),
        rules(
            "{ capability: embedding, size_min: 1 }",
            "{ tag: a }",
            "rules[0].when: never holds: embedding calls have no file whose size they tell"),
        rules(
            "{ context_min: 1, audio_min: 1s }",
            "{ tag: a }",
            "rules[0].when: never holds: no kind of call tells or wants all of this"),
        rules(
            "{ capability: embedding, stream: true }",
            "{ tag: a }",
            "rules[0].when: never holds: embedding calls do not stream"),
        rules(
            "{ capability: stt, input: image }",
            "{ tag: a }",
            "rules[0].when: never holds: stt calls give no image"),
        rules(
            "{ capability: tts, output: [audio, text] }",
            "{ tag: a }",
            "rules[0].when: never holds: tts calls want no text"),
        // Rules that leave nothing to the name's own targets.
        rules(
            "{ stream: true }",
            "{ stream: false }",
            "targets: never reached, as the rules take every call between them"),
        rules(
            "{ priority: [interactive, batch] }",
            "{ priority: standard }",
            "targets: never reached, as the rules take every call between them"),
        rules("{ stream: true, tag: a }", "{ stream: false }"),
        // Targets that serve none of the calls that come to them.
        target("{ capability: chat }", "{ backend: near, model: chat }"),
        target("{ capability: chat }", "{ backend: near, model: any }"),
        target("{ capability: [stt, chat] }", "{ backend: near, model: chat }"),
        target(
            "{ capability: [stt, tts] }",
            "{ backend: near, model: chat }",
            "chat on near lists no stt or tts"),
        target("{ capability: chat }", "{ alias: listeners }", "stt on near lists no chat"),
        target("{ capability: chat }", "{ alias: mixed }"),
        target(
            "{ input: [text, image] }",
            "{ backend: near, model: chat }",
            "chat on near takes no image"),
        target(
            "{ output: audio }", "{ backend: near, model: chat }", "chat on near gives no audio"),
        target("{ output: audio }", "{ backend: near, model: stt }"),
        target(
            "{ context_min: 8193 }",
            "{ backend: near, model: chat }",
            "chat on near has a context_length of 8192, and context_min is 8193"),
        target("{ context_min: 8192 }", "{ backend: near, model: chat }"),
        name(
            "privacy: local_only, targets: [{ backend: far, model: tts }, { alias: listeners }]",
            "targets[0]: serves no call here: privacy is local_only, and backend far is not local"),
        name("privacy: local_only, targets: [{ alias: chat }]"),
        // Keys without effect.
        name(
            "targets: [{ backend: near, model: any, weight: 2 }]",
            "targets[0].weight: no effect, as the strategy is priority and not weighted"),
        name("strategy: weighted, targets: [{ backend: near, model: any, weight: 2 }]"),
        name(
            "strategy: weighted, targets: [{ backend: near, model: any, weight: 2 }], rules: [{ when: {"
                + " tag: a }, strategy: least_busy, targets: [{ alias: mixed, weight: 2 }] }]",
            "rules[0].targets[0].weight: no effect, as the strategy is least_busy and not weighted"),
        name(
            "strategy: cheapest, " + ANY,
            "strategy: the strategy is cheapest, and no target has a price"),
        name(
            "strategy: cheapest, targets: [{ backend: near, model: paid }], rules: [{ when: { tag: a"
                + " }, "
                + ANY
                + " }]",
            "rules[0].targets: the strategy is cheapest, and no target has a price"),
        name(
            "rules: [{ when: { tag: a }, strategy: cheapest, " + ANY + " }], " + ANY,
            "rules[0].strategy: the strategy is cheapest, and no target has a price"),
        name(
            "sticky: voice, targets: [{ alias: listeners }]",
            "sticky: voice has no effect, as no target lists tts"),
        name("sticky: voice, targets: [{ backend: far, model: tts }]"),
        name("sticky: voice, " + ANY),
        name(
            "hedge: { after: 1s }, continue: true, targets: [{ alias: listeners }]",
            "hedge: no effect, as there is no second target",
            "continue: no effect, as there is no second target"),
        name("hedge: { after: 1s }, continue: true, targets: [{ alias: mixed }]"),
        name("hedge: { after: 1s }, targets: [{ alias: chat }]"));
  }

  @ParameterizedTest
  @MethodSource("advices")
  void tells(String yaml, List<String> advice) throws Exception {
    HubConfig config = Configs.parse(AROUND.replace("MORE", yaml));
    assertThat(RouteAdvice.of(config))
        .extracting(Advice::toString)
        .containsExactlyElementsOf(
            advice.stream().map(line -> "hub.yaml:13 models[0]." + line).toList());
  }

  @Test
  void tellsTheLineOfWhatIsMeant() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            backends: [{ id: a, type: vllm, base_url: 'http://a' }]
            models:
            - id: x
              targets:
              - backend: a
                model: m
                weight: 2
              rules:
              - when: { tag: a }
                targets: [{ backend: a, model: n }]
              - targets: [{ backend: a, model: n }]
                when: { tag: a }
            """);
    assertThat(RouteAdvice.of(config))
        .extracting(Advice::toString)
        .containsExactly(
            "hub.yaml:11 models[0].rules[1]: never reached, as rules[0] holds whenever this one does",
            "hub.yaml:7 models[0].targets[0].weight: no effect, as the strategy is priority and not"
                + " weighted");
  }

  @Test
  void boundsTheAdvice() throws Exception {
    StringBuilder text =
        new StringBuilder("backends: [{ id: a, type: vllm, base_url: 'http://a' }]\nmodels:\n");
    for (int i = 0; i < 110; i++) {
      text.append("- { id: n" + i + ", targets: [{ backend: a, model: m, weight: 2 }] }\n");
    }
    assertThat(RouteAdvice.of(Configs.parse(text.toString())))
        .hasSize(101)
        .last()
        .hasToString("hub.yaml models: 10 more warnings");
  }

  @Test
  void nothingIsToBeSaidOfTheExample() throws Exception {
    HubConfig example =
        ConfigReader.read(
            Path.of("src/main/config/hub.example.yaml"),
            Configs.EXAMPLE_TYPES,
            Configs::everyOtherVariable);
    assertThat(RouteAdvice.of(example)).isEmpty();
  }

  @Test
  void nothingIsToBeSaidWithoutNames() {
    assertThat(RouteAdvice.of(HubConfig.EMPTY)).isEmpty();
  }

  private static String taken(int later, int earlier) {
    return "rules["
        + later
        + "]: never reached, as rules["
        + earlier
        + "] holds whenever this one does";
  }

  private static Arguments rules(String first, String second, String... advice) {
    String other = ", targets: [{ backend: far, model: chat }] }";
    return name(
        ANY + ", rules: [{ when: " + first + other + ", { when: " + second + other + "]", advice);
  }

  private static Arguments target(String when, String target, String... reasons) {
    String[] advice =
        List.of(reasons).stream()
            .map(reason -> "rules[0].targets[0]: serves no call here: " + reason)
            .toArray(String[]::new);
    return name(ANY + ", rules: [{ when: " + when + ", targets: [" + target + "] }]", advice);
  }

  private static Arguments name(String yaml, String... advice) {
    return Arguments.of(yaml, List.of(advice));
  }
}
