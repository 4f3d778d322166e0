package dev.parley.hub.edge.openai;

import static dev.parley.hub.edge.openai.FieldRule.described;
import static dev.parley.hub.edge.openai.FieldRule.refused;

import dev.parley.core.json.JsonKind;
import dev.parley.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Checks {@code input} and {@code prompt}: a text, texts, token ids, or lists of token ids. */
final class Inputs {

  private static final String EXPECTED =
      "a string, an array of strings, an array of token ids, or an array of such arrays";

  /** Whether a text may be empty. */
  enum Empty {
    ALLOWED,
    REFUSED
  }

  private Inputs() {}

  static void check(String field, @Nullable JsonValue value, Empty empty) {
    if (value == null || value.isNull()) {
      throw refused(field, "missing", EXPECTED);
    }
    if (value.isString()) {
      text(field, value, empty);
      return;
    }
    JsonKind first = null;
    int i = 0;
    for (JsonValue element : value.elements()) {
      if (first == null) {
        first = element.kind();
      }
      if (element.kind() != first) {
        throw refused(field + "[" + i + "]", described(element), "the kind of the first element");
      }
      element(field, i, element, empty);
      i++;
    }
    if (i == 0) {
      throw refused(field, "an empty array", EXPECTED);
    }
  }

  private static void element(String field, int i, JsonValue element, Empty empty) {
    switch (element.kind()) {
      case STRING -> text(field + "[" + i + "]", element, empty);
      case NUMBER -> {}
      // Multimodal inputs, which some backends read.
      case OBJECT -> {}
      case ARRAY -> {
        for (JsonValue id : element.elements()) {
          if (!id.isNumber()) {
            throw refused(field + "[" + i + "]", described(id), "an array of token ids");
          }
        }
      }
      case TRUE, FALSE, NULL -> throw refused(field + "[" + i + "]", described(element), EXPECTED);
    }
  }

  private static void text(String field, JsonValue value, Empty empty) {
    if (empty == Empty.REFUSED && value.isEmptyString()) {
      throw refused(field, "an empty string", "a text of at least one character");
    }
  }
}
