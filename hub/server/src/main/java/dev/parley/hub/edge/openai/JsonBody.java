package dev.parley.hub.edge.openai;

import static dev.parley.hub.edge.openai.FieldRule.described;
import static dev.parley.hub.edge.openai.FieldRule.refused;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads request bodies that are JSON objects. */
public final class JsonBody {

  private JsonBody() {}

  /** The object, {@code extra_body} merged; fails with InvalidRequest that says what is wrong. */
  public static JsonValue object(byte[] bytes, int length, JsonLimits limits) {
    JsonValue root = parse(bytes, length, limits);
    if (!root.isObject()) {
      throw refused("body", described(root), "a JSON object");
    }
    return mergeExtraBody(root);
  }

  private static JsonValue parse(byte[] bytes, int length, JsonLimits limits) {
    if (length == 0) {
      throw refused("body", "empty", "a JSON object");
    }
    try {
      return Json.parse(bytes, 0, length, limits);
    } catch (JsonSyntaxException e) {
      throw refused("body", "malformed JSON: " + e.getMessage(), "a JSON object");
    }
  }

  /**
   * SDKs merge {@code extra_body} themselves; whoever writes it out means the same. Written anew in
   * one pass: edits one by one would take time that grows with the square of the members.
   */
  private static JsonValue mergeExtraBody(JsonValue root) {
    JsonValue extra = root.get("extra_body");
    if (extra == null || !extra.isObject()) {
      return root;
    }
    Map<String, JsonValue> merged = new LinkedHashMap<>();
    for (JsonMember member : root.object()) {
      merged.put(member.name(), member.value());
    }
    merged.remove("extra_body");
    for (JsonMember member : extra.object()) {
      merged.put(member.name(), member.value());
    }
    JsonWriter out = new JsonWriter(root.length()).beginObject();
    merged.forEach((name, value) -> out.name(name).raw(value));
    return out.endObject().toValue();
  }
}
