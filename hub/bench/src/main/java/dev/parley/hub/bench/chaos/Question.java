package dev.parley.hub.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a backend was asked.
 *
 * @param number of the request
 * @param embedding whether a vector is wanted and no text
 * @param usage whether a stream shall tell its usage
 * @param prefix of an answer that is to be taken up; empty when it is to be given whole
 */
record Question(long number, boolean embedding, boolean stream, boolean usage, String prefix) {

  private static final char MARK = '#';

  /** As a caller asks it. */
  static String spelled(long number) {
    return MARK + Long.toString(number);
  }

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException when it is none that a caller of the soak makes
   */
  static Question parse(String path, byte[] body) {
    try {
      JsonValue json = Json.parse(body);
      if (path.endsWith("/embeddings")) {
        return new Question(number(text(json.get("input"))), true, false, false, "");
      }
      String asked = "";
      String prefix = "";
      for (JsonValue message : required(json.get("messages")).elements()) {
        boolean assistant = "assistant".equals(text(message.get("role")));
        prefix = assistant ? text(message.get("content")) : "";
        asked = assistant ? asked : text(message.get("content"));
      }
      JsonValue options = json.get("stream_options");
      return new Question(number(asked), false, isTrue(json.get("stream")), usage(options), prefix);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("not JSON: " + new String(body, UTF_8), e);
    }
  }

  private static boolean usage(@Nullable JsonValue options) {
    return options != null && options.isObject() && isTrue(options.get("include_usage"));
  }

  private static boolean isTrue(@Nullable JsonValue value) {
    return value != null && value.isBoolean() && value.asBoolean();
  }

  /** A string, or all of a list's: content may come in parts, and so may input. */
  private static String text(@Nullable JsonValue value) {
    JsonValue known = required(value);
    if (known.isString()) {
      return known.asString();
    }
    StringBuilder text = new StringBuilder();
    for (JsonValue part : known.elements()) {
      text.append(part.isString() ? part.asString() : text(part.get("text")));
    }
    return text.toString();
  }

  private static JsonValue required(@Nullable JsonValue value) {
    if (value == null) {
      throw new IllegalArgumentException("a member is missing");
    }
    return value;
  }

  private static long number(String text) {
    return Long.parseLong(text.substring(text.indexOf(MARK) + 1).strip());
  }
}
