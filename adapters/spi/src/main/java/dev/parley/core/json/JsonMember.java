package dev.parley.core.json;

import java.util.Objects;

/// One member of an object.
///
/// @param name the name with its escapes resolved
/// @param value a view of the value
public record JsonMember(String name, JsonValue value) {
  public JsonMember {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }
}
