package dev.parley.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Where JSON values come from: parsed texts, and small literals to splice into them. Parsing is
/// strict RFC 8259 in UTF-8; repeated names are allowed (the last one wins when looking one up).
public final class Json {

  public static final JsonValue NULL = literal("null");
  public static final JsonValue TRUE = literal("true");
  public static final JsonValue FALSE = literal("false");
  public static final JsonValue EMPTY_OBJECT = literal("{}");
  public static final JsonValue EMPTY_ARRAY = literal("[]");

  private Json() {}

  /// Parses a whole array within the default limits. The array is kept, not copied: it must not
  /// change any more.
  ///
  /// @throws JsonSyntaxException if the bytes are not one JSON text
  public static JsonValue parse(byte[] utf8) {
    return parse(utf8, 0, utf8.length, JsonLimits.DEFAULT);
  }

  /// Parses the bytes from (inclusive) to (exclusive), as [#parse(byte[])] does.
  public static JsonValue parse(byte[] utf8, int from, int to, JsonLimits limits) {
    Objects.checkFromToIndex(from, to, utf8.length);
    return new Scanner(utf8, from, to, limits).scan();
  }

  /// Whether the bytes are one JSON text within the default limits.
  public static boolean isValid(byte[] utf8, int from, int to) {
    try {
      parse(utf8, from, to, JsonLimits.DEFAULT);
      return true;
    } catch (JsonSyntaxException _) {
      return false;
    }
  }

  /// A JSON string; a lone surrogate becomes U+FFFD.
  public static JsonValue ofString(String value) {
    return new JsonWriter(value.length() + 2).value(value).toValue();
  }

  public static JsonValue ofNumber(long value) {
    return literal(Long.toString(value));
  }

  /// The shortest spelling that reads back as the same double.
  ///
  /// @throws IllegalArgumentException for NaN and the infinities, which JSON cannot spell
  public static JsonValue ofDouble(double value) {
    return new JsonWriter(32).value(value).toValue();
  }

  public static JsonValue ofBoolean(boolean value) {
    return value ? TRUE : FALSE;
  }

  private static JsonValue literal(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    return new JsonValue(bytes, 0, bytes.length);
  }
}
