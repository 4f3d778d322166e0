package dev.parley.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Documents for tests: spelled by hand or generated with odd names, numbers, escapes and white
/// space.
final class Texts {

  private Texts() {}

  static JsonValue parse(String text) {
    return Json.parse(text.getBytes(UTF_8));
  }

  static JsonValue member(JsonValue object, String name) {
    return Objects.requireNonNull(object.get(name));
  }

  static Arbitrary<String> documents() {
    return documents(3);
  }

  private static Arbitrary<String> documents(int depthMax) {
    if (depthMax == 0) {
      return scalars();
    }
    Arbitrary<String> inner = documents(depthMax - 1);
    return Arbitraries.oneOf(scalars(), arrays(inner), objects(inner));
  }

  private static Arbitrary<String> arrays(Arbitrary<String> elements) {
    return Combinators.combine(spaces(), elements)
        .as((space, element) -> space + element + space)
        .list()
        .ofMaxSize(4)
        .map(list -> "[" + String.join(",", list) + "]");
  }

  static Arbitrary<String> objects(Arbitrary<String> values) {
    return Combinators.combine(spaces(), strings(), spaces(), values)
        .as((space, name, other, value) -> space + name + other + ":" + space + value + other)
        .list()
        .ofMaxSize(5)
        .map(members -> "{" + String.join(",", members) + "}");
  }

  static Arbitrary<String> scalars() {
    return Arbitraries.oneOf(
        strings(),
        Arbitraries.of("0", "-0", "1.0", "1e5", "1E-2", "12345678901234567890", "-7.25e+3"),
        Arbitraries.of("true", "false", "null"),
        Arbitraries.longs().map(number -> Long.toString(number)));
  }

  static Arbitrary<String> strings() {
    return Arbitraries.of(
            "a", "b", "model", "\\n", "\\\"", "\\u00e9", "é", "\\ud83d\\ude00", "😀", "€", "/", " ")
        .list()
        .ofMaxSize(12)
        .map(parts -> "\"" + String.join("", parts) + "\"");
  }

  static Arbitrary<String> spaces() {
    return Arbitraries.of("", "", "", " ", "\n", "\r\n\t");
  }
}
