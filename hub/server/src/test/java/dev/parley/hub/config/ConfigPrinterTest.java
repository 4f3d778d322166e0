package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConfigPrinterTest {

  @Test
  void tellsWhereEachValueComesFrom() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            server: { port: "${PORT}" }
            backends:
              - id: a
                type: vllm
                base_url: http://a
                auth: { scheme: bearer, token: "${PASSWORD}" }
                timeouts: { connect: 2s }
            defaults: { embeddings: m }
            """);
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "server.host = 127.0.0.1 (default)",
            "server.port = 9090 (environment PORT, at hub.yaml:1)",
            "server.request_bytes_max = 32MiB (default)",
            "backends[0].id = a (hub.yaml:3)",
            "backends[0].auth.token = *** (environment PASSWORD, at hub.yaml:6)",
            "backends[0].timeouts.connect = 2s (hub.yaml:7)",
            "backends[0].timeouts.idle = 60s (default)",
            "defaults.embedding = m (hub.yaml:8)")
        .noneMatch(line -> line.contains("s3cret"));
  }

  @Test
  void showsTheConcurrencyThatIsUsualForAType() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            backends:
              - { id: a, type: vllm, base_url: "http://a" }
              - { id: b, type: tei, base_url: "http://b", limits: { concurrency: 9 } }
            """);
    assertThat(ConfigPrinter.lines(config, _ -> OptionalInt.of(3)))
        .contains(
            "backends[0].limits.concurrency = 3 (default)",
            "backends[1].limits.concurrency = 9 (hub.yaml:3)",
            "local.speech = last_resort (default)");
    assertThat(ConfigPrinter.lines(config))
        .contains("backends[0].limits.concurrency = 64 (default)");
  }

  @Test
  void tellsTheOriginsOfFlatEntries() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            model_backends:
              - id: Org/M
                base_url: http://a
                auth_password: ${PASSWORD}
                capabilities:
                  - chat
            """);
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "backends[0].id = org-m (hub.yaml:2)",
            "backends[0].type = openai (default)",
            "backends[0].base_url = http://a (hub.yaml:3)",
            "backends[0].auth.password = *** (environment PASSWORD, at hub.yaml:4)",
            "backends[0].models[0].id = Org/M (hub.yaml:2)",
            "backends[0].models[0].capabilities = [chat] (hub.yaml:6)");
  }

  @Test
  void tellsWhatHoldsOfRoutingAndResilience() throws Exception {
    HubConfig config =
        Configs.parse(
            """
            backends:
              - id: a
                type: vllm
                base_url: http://a
                local: true
                breaker: { ramp: 0s }
                models: [{ id: m, price: { input_tokens: 0.150 } }]
            models:
              - id: x
                strategy: weighted
                targets: [{ backend: a, model: m, weight: 3 }, { alias: y }]
                rules:
                  - when: { capability: chat, tag: [t, u], size_max: 1MiB, audio_min: 60s, stream: true }
                    targets: [{ alias: y }]
              - { id: y, hedge: { after: 1s }, targets: [{ backend: a, model: m }] }
            """);
    assertThat(ConfigPrinter.lines(config))
        .contains(
            "backends[0].local = true (hub.yaml:5)",
            "backends[0].timeouts.headers = no limit of its own (default)",
            "backends[0].timeouts.first_byte = 2m for streams, else no limit of its own (default)",
            "backends[0].timeouts.total = 60s or 2m or 5m, by what is asked (default)",
            "backends[0].limits.queue_wait = as long as the whole call may take (default)",
            "backends[0].breaker.ramp = 0s (hub.yaml:6)",
            "backends[0].breaker.probes = 1 (default)",
            "backends[0].retry.backoff_max = 2s (default)",
            "backends[0].models[0].price.input_tokens = 0.15 (hub.yaml:7)",
            "models[0].strategy = weighted (hub.yaml:10)",
            "models[0].sticky = none (default)",
            "models[0].privacy = anywhere (default)",
            "models[0].hold_back = 20ms (default)",
            "models[0].continue = false (default)",
            "models[0].hedge = none (default)",
            "models[0].targets[0].weight = 3 (hub.yaml:11)",
            "models[0].targets[1].alias = y (hub.yaml:11)",
            "models[0].targets[1].weight = 1 (default)",
            "models[0].rules[0].when.capability = [chat] (hub.yaml:13)",
            "models[0].rules[0].when.tag = [t, u] (hub.yaml:13)",
            "models[0].rules[0].when.stream = true (hub.yaml:13)",
            "models[0].rules[0].when.audio_min = 60s (hub.yaml:13)",
            "models[0].rules[0].when.size_max = 1MiB (hub.yaml:13)",
            "models[0].rules[0].strategy = weighted (default)",
            "models[0].rules[0].targets[0].alias = y (hub.yaml:14)",
            "models[1].hedge.after = 1s (hub.yaml:15)",
            "models[1].hedge.budget_percent = 5 (default)");
  }
}
