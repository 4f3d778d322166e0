package dev.parley.testkit.ollama;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;

/** Ends the handling of a request with Ollama's native error body. */
final class OllamaError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  OllamaError(int status, String message) {
    super(message);
    this.status = status;
  }

  Answer answer() {
    return Answer.json(status, Json.object().put("error", getMessage()));
  }
}
