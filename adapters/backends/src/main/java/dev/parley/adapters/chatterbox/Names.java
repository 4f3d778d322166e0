package dev.parley.adapters.chatterbox;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the server's lists of files. */
final class Names {

  private static final int NAMES_MAX = 100_000;

  private Names() {}

  /** The predefined voices; empty when that is no such list. */
  static Optional<List<String>> predefined(byte[] body) {
    return parse(body).map(list -> read(list, true));
  }

  /** The recordings; empty when that is no such list. */
  static Optional<List<String>> references(byte[] body) {
    return parse(body).map(list -> read(list, false));
  }

  /** The names in a member of an answer. */
  static List<String> in(@Nullable JsonValue list) {
    return list == null || !list.isArray() ? List.of() : read(list, false);
  }

  private static Optional<JsonValue> parse(byte[] body) {
    try {
      return Optional.of(Json.parse(body)).filter(JsonValue::isArray);
    } catch (JsonSyntaxException _) {
      return Optional.empty();
    }
  }

  private static List<String> read(JsonValue list, boolean objects) {
    List<String> names = new ArrayList<>();
    for (JsonValue entry : list.elements()) {
      JsonValue name = objects && entry.isObject() ? entry.get("filename") : entry;
      if (name != null && name.isString() && names.size() < NAMES_MAX) {
        names.add(name.asString());
      }
    }
    return names;
  }
}
