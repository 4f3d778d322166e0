package dev.parley.hub.edge.openai;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonKind;
import dev.parley.core.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a member of a request may be. Only what no backend could accept is refused here: kinds, and
 * bounds that hold everywhere; the rest is the backend's to say. Null counts as absent.
 */
public interface FieldRule {

  /** Fails with InvalidRequest when the value of the member at {@code path} is not allowed. */
  void check(String path, JsonValue value);

  static FieldRule kinds(JsonKind... kinds) {
    List<JsonKind> allowed = List.of(kinds);
    return (path, value) -> {
      if (!allowed.contains(value.kind())) {
        throw refused(path, described(value), expected(kinds));
      }
    };
  }

  static FieldRule bool() {
    return kinds(JsonKind.TRUE, JsonKind.FALSE);
  }

  static FieldRule string() {
    return kinds(JsonKind.STRING);
  }

  static FieldRule object() {
    return kinds(JsonKind.OBJECT);
  }

  static FieldRule array() {
    return kinds(JsonKind.ARRAY);
  }

  static FieldRule number() {
    return kinds(JsonKind.NUMBER);
  }

  static FieldRule integer(long min, long max) {
    String expected =
        max == Long.MAX_VALUE ? "an integer, at least " + min : "an integer in " + min + ".." + max;
    return (path, value) -> {
      if (!value.isNumber()) {
        throw refused(path, described(value), expected);
      }
      long number;
      try {
        number = value.asLong();
      } catch (ArithmeticException | NumberFormatException _) {
        throw refused(path, described(value), expected);
      }
      if (number < min || number > max) {
        throw refused(path, described(value), expected);
      }
    };
  }

  static FieldRule oneOf(String... words) {
    return (path, value) -> {
      if (!value.isString() || Arrays.stream(words).noneMatch(value::textEquals)) {
        throw refused(path, described(value), "one of " + String.join(", ", words));
      }
    };
  }

  static HubException refused(String path, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(path, got, expected));
  }

  /** The value for an error message: short, and never the content of a long string. */
  static String described(JsonValue value) {
    return switch (value.kind()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING ->
          value.length() <= 40 ? value.raw() : "a string of " + value.length() + " bytes";
      case NUMBER -> value.length() <= 40 ? value.raw() : "a long number";
      case TRUE, FALSE, NULL -> value.raw();
    };
  }

  private static String expected(JsonKind... kinds) {
    return Arrays.stream(kinds)
        .map(kind -> kind == JsonKind.TRUE || kind == JsonKind.FALSE ? "a boolean" : article(kind))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static String article(JsonKind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return ("ao".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }
}
