package dev.parley.hub.bench.chaos;

import java.util.List;

/** The hub's configuration: short limits, everything else as it is by default. */
final class SoakConfig {

  static final String CHAT_MODEL = "talker";
  static final String VECTOR_MODEL = "embedder";

  /** How long the hub may take for a call of someone who sets no limit. */
  static final int TOTAL_MILLIS = 10_000;

  private SoakConfig() {}

  static String of(int port, List<Integer> backendPorts) {
    StringBuilder yaml =
        new StringBuilder(
            """
            server: { host: 127.0.0.1, port: %d }
            backends:
            """
                .formatted(port));
    for (int i = 0; i < backendPorts.size(); i++) {
      yaml.append(
          """
            - id: b%d
              type: %s
              base_url: http://127.0.0.1:%d/v1
              models:
                - { id: %s, capabilities: [chat] }
                - { id: %s, capabilities: [embedding] }
              timeouts: { connect: 500ms, first_byte: 1s, idle: 1s, total: %dms }
          """
              .formatted(
                  i,
                  // Only the first kind can take up an answer that broke off.
                  i < 2 ? "vllm" : "openai",
                  backendPorts.get(i),
                  CHAT_MODEL,
                  VECTOR_MODEL,
                  TOTAL_MILLIS));
    }
    yaml.append("models:\n");
    for (Alias alias : Alias.ALL) {
      yaml.append("  - id: ").append(alias.label()).append("\n    ");
      yaml.append(alias.settings()).append("\n    targets:\n");
      String model = alias.ability() == Alias.Ability.CHAT ? CHAT_MODEL : VECTOR_MODEL;
      for (int backend : alias.backends()) {
        yaml.append(
            "      - { backend: b%d, model: %s, weight: %d }\n"
                .formatted(backend, model, backend + 1));
      }
    }
    return yaml.toString();
  }
}
