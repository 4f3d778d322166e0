package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonValue;

/** Shapes that answers share. */
final class Answers {

  private Answers() {}

  static boolean isObjects(JsonValue value) {
    if (!value.isArray()) {
      return false;
    }
    for (JsonValue element : value.elements()) {
      if (!element.isObject()) {
        return false;
      }
    }
    return true;
  }
}
