package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

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
}
