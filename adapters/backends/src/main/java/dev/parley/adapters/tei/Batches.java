package dev.parley.adapters.tei;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.TokenUsage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts one embedding document into several that the server takes, and joins their answers. */
final class Batches {

  /** The server's own limit for a body is 2 MB. */
  private static final int INPUT_BYTES_MAX = 1_500_000;

  private Batches() {}

  /** One call's document and how many vectors it asks for. */
  record Batch(JsonValue document, int size) {}

  /** One batch, the document itself, when it fits. */
  static List<Batch> of(JsonValue document, int sizeMax) {
    JsonValue input = document.get("input");
    if (input == null || !input.isArray() || isOneTokenList(input)) {
      return List.of(new Batch(document, 1));
    }
    List<Batch> batches = new ArrayList<>();
    List<JsonValue> next = new ArrayList<>();
    int bytes = 0;
    for (JsonValue element : input.elements()) {
      boolean full = next.size() == sizeMax || bytes + element.length() > INPUT_BYTES_MAX;
      if (full && !next.isEmpty()) {
        batches.add(batch(document, next));
        next.clear();
        bytes = 0;
      }
      next.add(element);
      bytes += element.length();
    }
    if (batches.isEmpty()) {
      return List.of(new Batch(document, next.size()));
    }
    batches.add(batch(document, next));
    return batches;
  }

  private static boolean isOneTokenList(JsonValue input) {
    Iterator<JsonValue> elements = input.elements().iterator();
    return elements.hasNext() && elements.next().isNumber();
  }

  private static Batch batch(JsonValue document, List<JsonValue> inputs) {
    JsonWriter out = new JsonWriter().beginArray();
    inputs.forEach(out::raw);
    JsonValue part = JsonEdit.of(document).set("input", out.endArray().toValue()).apply();
    return new Batch(part, inputs.size());
  }

  /** One answer of several: entries numbered through, tokens added up. */
  static DocumentEvent.Whole joined(List<DocumentEvent.Whole> answers) {
    DocumentEvent.Whole first = answers.getFirst();
    if (answers.size() == 1) {
      return first;
    }
    JsonWriter data = new JsonWriter(first.body().length() * answers.size()).beginArray();
    int index = 0;
    long prompt = 0;
    long total = 0;
    boolean counted = true;
    for (DocumentEvent.Whole answer : answers) {
      for (JsonValue entry : Objects.requireNonNull(answer.body().get("data")).elements()) {
        data.raw(JsonEdit.of(entry).set("index", Json.ofNumber(index++)).apply());
      }
      @Nullable TokenUsage usage = answer.usage();
      counted = counted && usage != null;
      prompt += usage == null ? 0 : Math.max(0, usage.prompt());
      total += usage == null ? 0 : Math.max(0, usage.total());
    }
    JsonWriter usage = new JsonWriter(64).beginObject();
    usage.member("prompt_tokens", prompt).member("total_tokens", total).endObject();
    JsonValue body =
        JsonEdit.of(first.body())
            .set("data", data.endArray().toValue())
            .set("usage", usage.toValue())
            .apply();
    return new DocumentEvent.Whole(body, counted ? TokenUsage.read(body.get("usage")) : null);
  }
}
