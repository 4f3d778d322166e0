package dev.parley.hub.edge.grpc.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.NearestName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Values that are no messages. */
final class Scalars {

  private Scalars() {}

  static Object read(FieldDescriptor field, JsonValue json, String path) {
    return switch (field.getJavaType()) {
      case INT -> (int) integer(json, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> integer(json, path, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> (float) decimal(json, path);
      case DOUBLE -> decimal(json, path);
      case BOOLEAN -> {
        require(json.isBoolean(), json, path, "true or false");
        yield json.asBoolean();
      }
      case STRING -> {
        require(json.isString(), json, path, "a string");
        yield json.asString();
      }
      case BYTE_STRING -> bytes(json, path);
      case ENUM -> constant(field.getEnumType(), json, path);
      case MESSAGE -> throw new IllegalArgumentException(field.getFullName());
    };
  }

  static Object key(FieldDescriptor field, String name, String path) {
    try {
      return switch (field.getJavaType()) {
        case STRING -> name;
        case INT -> Integer.parseInt(name);
        case LONG -> Long.parseLong(name);
        case BOOLEAN -> Boolean.parseBoolean(name);
        case FLOAT, DOUBLE, BYTE_STRING, ENUM, MESSAGE ->
            throw new IllegalArgumentException(field.getFullName());
      };
    } catch (NumberFormatException _) {
      throw refusal(path, "'" + Shown.text(name) + "'", "an integer");
    }
  }

  private static long integer(JsonValue json, String path, long min, long max) {
    try {
      long value = json.isString() ? Long.parseLong(json.asString()) : number(json, path);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (ArithmeticException | NumberFormatException _) {
      // Refused below, with the range.
    }
    throw refusal(
        path,
        json,
        min == Long.MIN_VALUE ? "a whole number" : "a whole number within " + min + ".." + max);
  }

  private static long number(JsonValue json, String path) {
    require(json.isNumber(), json, path, "an integer");
    return json.asLong();
  }

  private static double decimal(JsonValue json, String path) {
    require(json.isNumber(), json, path, "a number");
    return json.asDouble();
  }

  private static ByteString bytes(JsonValue json, String path) {
    require(json.isString(), json, path, "Base64 text");
    String standard = json.asString().replace('-', '+').replace('_', '/');
    try {
      return ByteString.copyFrom(
          Base64.getDecoder().decode(standard.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IllegalArgumentException _) {
      throw refusal(path, "text that is not Base64", "Base64 text");
    }
  }

  private static EnumValueDescriptor constant(EnumDescriptor type, JsonValue json, String path) {
    EnumValueDescriptor value = null;
    if (json.isString()) {
      value = EnumNames.find(type, json.asString());
    } else if (json.isNumber()) {
      value = type.findValueByNumber((int) integer(json, path, 0, Integer.MAX_VALUE));
    }
    if (value == null) {
      throw refusal(path, json, "one of " + EnumNames.allowed(type));
    }
    return value;
  }

  private static void require(boolean holds, JsonValue json, String path, String expected) {
    if (!holds) {
      throw refusal(path, json, expected);
    }
  }

  static HubException refusal(String path, JsonValue got, String expected) {
    String words =
        switch (got.kind()) {
          case STRING -> "'" + Shown.text(got.asString()) + "'";
          case NUMBER -> Shown.text(got.raw());
          case OBJECT, ARRAY, TRUE, FALSE, NULL -> got.kind().name().toLowerCase(Locale.ROOT);
        };
    return refusal(path, words, expected);
  }

  static HubException refusal(String path, String got, String expected) {
    return new HubException(
        new HubError.InvalidRequest(path.isEmpty() ? "body" : path, got, expected));
  }

  static HubError unknown(String path, String name, Descriptor type) {
    var known = type.getFields().stream().map(FieldDescriptor::getName).toList();
    String nearest =
        NearestName.of(name, known)
            .orElse(known.isEmpty() ? "no members" : String.join(", ", known));
    return new HubError.InvalidRequest(path, "an unknown member", nearest);
  }
}
