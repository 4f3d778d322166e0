package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;

/** The wire of the FastAPI servers: errors are {@code detail}, as text or as an object. */
class DetailDialect extends Dialect {

  /** What stands in {@code detail}. */
  enum Detail {
    TEXT,
    OBJECT
  }

  private final Detail detail;
  private final int wrongKey;
  private final String owner;

  DetailDialect(Detail detail, int wrongKey, String owner) {
    this.detail = detail;
    this.wrongKey = wrongKey;
    this.owner = owner;
  }

  @Override
  ObjectNode error(Refusal refusal) {
    var body = Json.object();
    switch (detail) {
      case TEXT -> body.put("detail", refusal.text());
      case OBJECT ->
          body.putObject("detail")
              .put("error", refusal.status() < 500 ? "validation_error" : "processing_error")
              .put("message", refusal.text())
              .put("type", refusal.trouble().openAiType);
    }
    return body;
  }

  @Override
  Answer unauthorized() {
    return Answer.json(wrongKey, Json.object().put("detail", "Not authenticated"));
  }

  @Override
  ObjectNode model(String id) {
    return OpenAiFamily.modelEntry(id, owner);
  }
}
