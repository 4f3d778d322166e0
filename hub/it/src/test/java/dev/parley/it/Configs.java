package dev.parley.it;

/** The configurations that most tests start from. */
final class Configs {

  /** One OpenAI server, whose models it tells itself. */
  static final String OPENAI =
      """
      server: { port: 0, drain_timeout: 1s, heartbeat: 60s }
      backends:
        - id: openai
          type: openai
          base_url: "${OPENAI}"
          auth: { scheme: bearer, token: "${SECRET}" }
      """;

  private Configs() {}
}
