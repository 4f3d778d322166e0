package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonKind;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The members of an {@code extra_json}, on their way into a document. JSON objects that have no
 * message of their own keep their extra members under their own name: {@link #inner} hands them
 * over. A modelled name is refused, as one thing must not have two values. For one thread.
 */
public final class Extra {

  private final String path;
  private final Map<String, JsonValue> members;
  private final Set<String> handedOver = new HashSet<>();

  private Extra(String path, Map<String, JsonValue> members) {
    this.path = path;
    this.members = members;
  }

  /** Parses the text; {@code path} names the message that holds it, empty for the request. */
  public static Extra of(String json, String path) {
    String field = path.isEmpty() ? "extra_json" : path + ".extra_json";
    if (json.isEmpty()) {
      return new Extra(field, Map.of());
    }
    return new Extra(field, members(rawValue(json, field), field));
  }

  /** Checks a JSON text that a request carries in a string. */
  static JsonValue rawValue(String json, String field) {
    try {
      return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException e) {
      throw Invalid.field(field, "not JSON, " + e.getMessage(), "JSON text");
    }
  }

  private static Map<String, JsonValue> members(JsonValue value, String field) {
    if (!value.isObject()) {
      throw Invalid.field(field, "JSON " + value.kind(), "one JSON " + JsonKind.OBJECT);
    }
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (JsonMember member : value.object()) {
      if (members.put(member.name(), member.value()) != null) {
        throw Invalid.field(field + "." + member.name(), "given twice", "one value");
      }
    }
    return members;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** Where the text stands in the request. */
  String path() {
    return path;
  }

  /** The extra members of the inner object of that name. */
  Extra inner(String name) {
    JsonValue value = members.get(name);
    String field = path + "." + name;
    if (value == null || !value.isObject()) {
      return new Extra(field, Map.of());
    }
    handedOver.add(name);
    return new Extra(field, members(value, field));
  }

  /** Writes the members into the object being written. */
  public void writeTo(JsonWriter out, Set<String> modelled) {
    for (Map.Entry<String, JsonValue> member : members.entrySet()) {
      String name = member.getKey();
      if (handedOver.contains(name)) {
        continue;
      }
      if (modelled.contains(name)) {
        throw Invalid.field(path + "." + name, "a name of the schema", "its own field");
      }
      out.member(name, member.getValue());
    }
  }
}
