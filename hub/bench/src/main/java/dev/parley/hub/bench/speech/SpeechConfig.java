package dev.parley.hub.bench.speech;

import java.util.List;

/** The hub's configuration: one server, known by what its models do. */
final class SpeechConfig {

  /** Speaks piece by piece, as bytes. */
  static final String PACED = "tts-1-paced";

  /** The same; the hub asks it for events. */
  static final String PACED_EVENTS = "tts-paced";

  /** How many sentences a server works on at a time. */
  static final List<Integer> CONCURRENCIES = List.of(1, 2, 5);

  /** Of the server that several callers share. */
  static final int SHARED_CONCURRENCY = 2;

  private SpeechConfig() {}

  /** The hub's name of the model that makes whole sounds so many at a time. */
  static String whole(int concurrency) {
    return "whole-" + concurrency;
  }

  static String shared() {
    return "whole-shared";
  }

  static String of(int port, int backendPort, long sentenceMillis) {
    StringBuilder yaml =
        new StringBuilder(
            """
            server: { host: 127.0.0.1, port: %d }
            local: { speech: "off" }
            backends:
              - id: paced
                type: openai
                base_url: http://127.0.0.1:%d/v1
                models:
                  - { id: %s, capabilities: [tts] }
                  - { id: %s, capabilities: [tts] }
                limits: { concurrency: 200, queue: 200 }
            """
                .formatted(port, backendPort, PACED, PACED_EVENTS));
    StringBuilder models = new StringBuilder("models:\n");
    for (int concurrency : CONCURRENCIES) {
      add(yaml, models, backendPort, whole(concurrency), concurrency, sentenceMillis);
    }
    // A millisecond more makes another model of it, with a line of its own.
    add(yaml, models, backendPort, shared(), SHARED_CONCURRENCY, sentenceMillis + 1);
    return yaml.append(models).toString();
  }

  private static void add(
      StringBuilder backends,
      StringBuilder models,
      int port,
      String name,
      int concurrency,
      long millis) {
    String model = "whole-c" + concurrency + "-" + millis;
    backends.append(
        """
          - id: %s
            type: openrouter
            base_url: http://127.0.0.1:%d/v1
            models: [ { id: %s, capabilities: [tts] } ]
            limits: { concurrency: %d, queue: 200 }
        """
            .formatted(name, port, model, concurrency));
    models.append(
        "  - { id: %s, targets: [ { backend: %s, model: %s } ] }\n".formatted(name, name, model));
  }
}
