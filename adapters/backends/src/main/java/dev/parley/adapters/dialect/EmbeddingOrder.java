package dev.parley.adapters.dialect;

import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the entries of an embedding answer in the order of their {@code index}. */
final class EmbeddingOrder {

  private record Entry(double index, JsonValue json) {}

  private EmbeddingOrder() {}

  /** The answer itself when its entries are in order, as they nearly always are. */
  static JsonValue byIndex(JsonValue answer) {
    JsonValue data = answer.get("data");
    if (data == null || !data.isArray()) {
      return answer;
    }
    List<Entry> entries = new ArrayList<>();
    boolean ordered = true;
    double before = -1;
    for (JsonValue json : data.elements()) {
      double index = index(json.get("index"), entries.size());
      ordered = ordered && index >= before;
      before = index;
      entries.add(new Entry(index, json));
    }
    if (ordered) {
      return answer;
    }
    entries.sort(Comparator.comparingDouble(Entry::index));
    JsonWriter out = new JsonWriter(data.length()).beginArray();
    entries.forEach(entry -> out.raw(entry.json()));
    return JsonEdit.of(answer).set("data", out.endArray().toValue()).apply();
  }

  private static double index(@Nullable JsonValue value, int place) {
    return value != null && value.isNumber() ? value.asDouble() : place;
  }
}
