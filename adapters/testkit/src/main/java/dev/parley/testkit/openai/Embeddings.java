package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.EmbeddingInputs;
import dev.parley.testkit.content.Vectors;
import dev.parley.testkit.content.Words;
import java.util.List;
import java.util.Set;

/** The embedding route: {@link Vectors#of} for every input, in order. */
final class Embeddings {
  private static final int MAX_DIMENSIONS = 4096;
  private static final Set<String> KNOWN =
      Set.of("model", "input", "encoding_format", "dimensions", "user");

  private Embeddings() {}

  static Answer answer(Dialect dialect, ObjectNode body) {
    var texts =
        EmbeddingInputs.read(body.path("input"))
            .orElseThrow(() -> Refusal.invalid("'input' is missing or of a wrong type.", "input"));
    if (texts.contains("")) {
      throw Refusal.invalid("'input' must not be an empty string.", "input");
    }
    dialect.checkEmbedding(body, texts);
    ChatCall.range(body, "dimensions", 1, MAX_DIMENSIONS);
    var format = body.path("encoding_format").asText("float");
    if (!format.equals("float") && !format.equals("base64")) {
      throw Refusal.invalid("'encoding_format' must be float or base64.", "encoding_format");
    }
    return Answer.json(200, list(dialect, body, texts, format.equals("base64")));
  }

  private static ObjectNode list(
      Dialect dialect, ObjectNode body, List<String> texts, boolean base64) {
    var root = Json.object().put("object", "list");
    var data = root.putArray("data");
    var size = body.path("dimensions").asInt(Vectors.DEFAULT_DIMENSIONS);
    for (var i = 0; i < texts.size(); i++) {
      var row = data.addObject().put("object", "embedding").put("index", i);
      var vector = Vectors.of(texts.get(i), size);
      if (base64) {
        row.put("embedding", Vectors.base64(vector));
      } else {
        var floats = row.putArray("embedding");
        for (var value : vector) {
          floats.add(value);
        }
      }
      dialect.embeddingRow(row, base64);
    }
    var words = texts.stream().mapToInt(Words::count).sum();
    root.put("model", body.path("model").asText());
    root.putObject("usage").put("prompt_tokens", words).put("total_tokens", words);
    ChatCall.echoUnknown(body, KNOWN, root);
    return root;
  }
}
