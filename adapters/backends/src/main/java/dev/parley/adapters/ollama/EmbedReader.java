package dev.parley.adapters.ollama;

import dev.parley.adapters.http.DocumentReader;
import dev.parley.adapters.http.JsonBody;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import java.util.Set;

/** Makes OpenAI's list of the vectors, each number spelled as it came. */
final class EmbedReader implements DocumentReader {

  private static final Set<String> PLACED =
      Set.of("model", "embeddings", "prompt_eval_count", "object", "data", "usage");

  private final DocumentCall call;
  private final Target target;
  private final Failures failures;
  private final JsonBody body;

  EmbedReader(DocumentCall call, Target target, long bytesMax) {
    this.call = call;
    this.target = target;
    this.failures = new Failures(target);
    this.body = new JsonBody(target, bytesMax);
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<DocumentEvent> sink) {
    body.add(bytes, from, to);
  }

  @Override
  public void end(Sink<DocumentEvent> sink) {
    JsonValue reply = body.object();
    failures.check(reply);
    JsonValue vectors = reply.get("embeddings");
    if (vectors == null || !vectors.isArray()) {
      throw failures.failed("its answer has neither a result nor an error");
    }
    JsonWriter out = new JsonWriter(vectors.length() + 1_024).beginObject();
    out.member("object", "list").name("data").beginArray();
    int index = 0;
    for (JsonValue vector : vectors.elements()) {
      out.beginObject().member("object", "embedding").member("index", index++);
      out.member("embedding", vector).endObject();
    }
    int asked = EmbedRequest.inputs(call.document().get("input"), target);
    if (index != asked) {
      throw failures.failed("its answer has " + index + " vectors for " + asked + " texts");
    }
    JsonValue model = reply.get("model");
    out.endArray().member("model", model == null ? Json.ofString(target.model()) : model);
    JsonValue tokens = reply.get("prompt_eval_count");
    boolean counted = tokens != null && tokens.isNumber();
    JsonValue count = tokens == null || !counted ? Json.ofNumber(0) : tokens;
    out.name("usage").beginObject().member("prompt_tokens", count);
    out.member("total_tokens", count).endObject();
    for (JsonMember member : reply.object()) {
      if (!PLACED.contains(member.name())) {
        out.member(member.name(), member.value());
      }
    }
    JsonValue list = out.endObject().toValue();
    sink.event(new DocumentEvent.Whole(list, counted ? TokenUsage.read(list.get("usage")) : null));
    sink.complete();
  }
}
