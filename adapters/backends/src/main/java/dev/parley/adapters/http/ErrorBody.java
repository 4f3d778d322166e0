package dev.parley.adapters.http;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An error answer in any of the forms that backends use: {@code error} as object or text, {@code
 * detail} as text, list or object, a bare {@code message}, plain text, or nothing.
 *
 * @param message what went wrong; never empty
 * @param type the backend's word for the kind of error, empty when it gave none
 * @param code the backend's code as text, empty when it gave none or gave the HTTP status
 * @param param the member of the request that is wrong, empty when it gave none
 * @param status an HTTP status found inside the body
 * @param retryAfterSeconds a delay found inside the body
 */
public record ErrorBody(
    String message,
    String type,
    String code,
    String param,
    OptionalInt status,
    OptionalInt retryAfterSeconds) {

  private static final int MESSAGE_CHARS_MAX = 2_000;

  /** Reads the body of an answer whose status said that it failed. */
  static ErrorBody parse(byte[] body) {
    try {
      JsonValue value = Json.parse(body);
      if (value.isObject()) {
        ErrorBody found = of(value);
        return found == null ? text(value.raw()) : found;
      }
      return text(value.isString() ? value.asString() : value.raw());
    } catch (JsonSyntaxException _) {
      return text(new String(body, StandardCharsets.UTF_8));
    }
  }

  /** Reads an object that may be an error; null when no form fits. */
  public static @Nullable ErrorBody of(JsonValue value) {
    JsonValue error = value.get("error");
    if (error != null && error.isObject()) {
      return nested(error);
    }
    if (error != null && error.isString()) {
      return plain(error.asString(), string(value, "error_type"));
    }
    JsonValue detail = value.get("detail");
    if (detail != null && detail.isString()) {
      return plain(detail.asString(), "");
    }
    if (detail != null && detail.isArray()) {
      return details(detail);
    }
    if (detail != null && detail.isObject()) {
      return string(detail, "message").isEmpty() ? of(detail) : nested(detail);
    }
    JsonValue message = value.get("message");
    return message != null && message.isString() ? nested(value) : null;
  }

  private static ErrorBody nested(JsonValue error) {
    JsonValue metadata = error.get("metadata");
    String type = string(error, "type");
    String code = string(error, "code");
    if (metadata != null && code.isEmpty()) {
      code = string(metadata, "error_type");
    }
    JsonValue availability = error.get("availability");
    OptionalInt retryAfter =
        availability == null ? OptionalInt.empty() : integer(availability, "retry_after");
    return new ErrorBody(
        clean(string(error, "message")),
        type,
        code,
        string(error, "param"),
        integer(error, "code"),
        retryAfter);
  }

  private static ErrorBody details(JsonValue list) {
    List<String> lines = new ArrayList<>();
    String param = "";
    for (JsonValue entry : list.elements()) {
      String where = path(entry.get("loc"));
      String problem = string(entry, "msg");
      if (lines.isEmpty()) {
        param = where;
      }
      lines.add(where.isEmpty() ? problem : where + ": " + problem);
      if (lines.size() == 8) {
        break;
      }
    }
    return new ErrorBody(
        clean(String.join("; ", lines)), "", "", param, OptionalInt.empty(), OptionalInt.empty());
  }

  private static String path(@Nullable JsonValue loc) {
    if (loc == null || !loc.isArray()) {
      return "";
    }
    List<String> steps = new ArrayList<>();
    for (JsonValue step : loc.elements()) {
      String name = step.isString() ? step.asString() : step.raw();
      if (!(steps.isEmpty() && name.equals("body"))) {
        steps.add(name);
      }
    }
    return String.join(".", steps);
  }

  private static ErrorBody text(String text) {
    return plain(text.strip(), "");
  }

  private static ErrorBody plain(String message, String type) {
    return new ErrorBody(clean(message), type, "", "", OptionalInt.empty(), OptionalInt.empty());
  }

  /** Bounded, on one line, never empty. */
  private static String clean(String message) {
    if (message.isBlank()) {
      return "no reason given";
    }
    String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MESSAGE_CHARS_MAX ? line : line.substring(0, MESSAGE_CHARS_MAX) + "…";
  }

  private static String string(JsonValue object, String name) {
    JsonValue value = object.get(name);
    return value != null && value.isString() ? value.asString() : "";
  }

  private static OptionalInt integer(JsonValue object, String name) {
    JsonValue value = object.get(name);
    if (value == null || !value.isNumber()) {
      return OptionalInt.empty();
    }
    double number = value.asDouble();
    return number >= 0 && number < 100_000 ? OptionalInt.of((int) number) : OptionalInt.empty();
  }
}
