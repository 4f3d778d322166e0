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

  /** The same, and every call is made once: tests of one failure see that failure. */
  static final String OPENAI_ONCE =
      OPENAI
          + """
              retry: { tries: 1, tries_alone: 1, wait_max: 0s }
              breaker: { failures: 1000, calls_min: 100000 }
          """;

  private Configs() {}
}
