package dev.parley.hub.bench.recognize;

import java.nio.file.Files;
import java.nio.file.Path;

/** The hub's configuration: one server that recognises, as the others would be by default. */
final class RecognizeConfig {

  /** The hub's name of the model. */
  static final String MODEL = "large-v3-turbo";

  private RecognizeConfig() {}

  static String of(int port, int backendPort, Path models) {
    String local =
        Files.isDirectory(models)
            ? "local: { speech: \"off\", models: \"" + models.toAbsolutePath().normalize() + "\" }"
            : "local: { speech: \"off\" }";
    return """
    server: { host: 127.0.0.1, port: %d, request_bytes_max: 1GiB }
    %s
    backends:
      - id: ears
        type: faster-whisper
        base_url: http://127.0.0.1:%d
        models: [ { id: %s, capabilities: [stt] } ]
        limits: { concurrency: 64, queue: 2000 }
    """
        .formatted(port, local, backendPort, MODEL);
  }
}
