package dev.parley.hub.edge.recognition;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.NearestName;
import dev.parley.hub.edge.audio.Fields;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * OpenAI's {@code chunking_strategy}: {@code auto}, an object as JSON, or an object whose members
 * are values of their own, {@code chunking_strategy[type]} or {@code chunking_strategy.type}. How
 * long sound is cut is the hub's own affair; what an object adds is which parts count as speech.
 */
final class Chunking {

  static final String NAME = "chunking_strategy";

  private static final List<String> TYPES = List.of("auto", "server_vad");
  private static final List<String> MEMBERS =
      List.of("type", "threshold", "prefix_padding_ms", "silence_duration_ms");
  private static final int MS_MAX = 86_400_000;

  private Chunking() {}

  /** Whether a value of that name says something of it. */
  static boolean isNamed(String name) {
    return name.equals(NAME) || name.startsWith(NAME + "[") || name.startsWith(NAME + ".");
  }

  /** Present when what is no speech shall be left out. */
  static Optional<TurnDetection> of(Fields fields) {
    Map<String, String> members = members(fields);
    if (members.isEmpty()) {
      return Optional.empty();
    }
    String type = members.get("type");
    if (type == null) {
      throw Fields.invalid(NAME + ".type", "not given", "one of " + String.join(", ", TYPES));
    }
    if (!TYPES.contains(type)) {
      throw Fields.invalid(
          NAME,
          "an unknown strategy",
          "one of "
              + String.join(", ", TYPES)
              + NearestName.of(type, TYPES).map(name -> "; did you mean " + name + "?").orElse(""));
    }
    if (type.equals("auto")) {
      return Optional.empty();
    }
    return Optional.of(
        new TurnDetection(
            threshold(members),
            OptionalDouble.empty(),
            milliseconds(members, "prefix_padding_ms"),
            OptionalInt.empty(),
            milliseconds(members, "silence_duration_ms"),
            OptionalInt.empty(),
            OptionalInt.empty()));
  }

  private static Map<String, String> members(Fields fields) {
    Map<String, String> members = new LinkedHashMap<>();
    fields.text(NAME).ifPresent(text -> whole(text.strip(), members));
    for (String name : fields.names()) {
      if (isNamed(name) && !name.equals(NAME)) {
        String inner = name.substring(NAME.length() + 1);
        String member = inner.endsWith("]") ? inner.substring(0, inner.length() - 1) : inner;
        fields.text(name).ifPresent(value -> put(members, member, value));
      }
    }
    return members;
  }

  private static void whole(String text, Map<String, String> members) {
    if (!text.startsWith("{")) {
      members.put("type", text);
      return;
    }
    JsonValue object;
    try {
      object = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException e) {
      throw Fields.invalid(NAME, "not JSON, " + e.getMessage(), "auto, or a JSON object");
    }
    for (JsonMember member : object.object()) {
      JsonValue value = member.value();
      if (!value.isNull()) {
        put(members, member.name(), value.isString() ? value.asString() : value.raw());
      }
    }
  }

  private static void put(Map<String, String> members, String name, String value) {
    if (!MEMBERS.contains(name)) {
      throw Fields.invalid(
          NAME,
          "an unknown member",
          NearestName.of(name, MEMBERS).map(near -> "did you mean " + near + "? known: ").orElse("")
              + String.join(", ", MEMBERS));
    }
    members.put(name, value);
  }

  private static OptionalDouble threshold(Map<String, String> members) {
    String given = members.get("threshold");
    if (given == null) {
      return OptionalDouble.empty();
    }
    double number = number("threshold", given, "a number, 0..1");
    if (!(number >= 0 && number <= 1)) {
      throw Fields.invalid(NAME + ".threshold", "out of range", "a number, 0..1");
    }
    return OptionalDouble.of(number);
  }

  private static OptionalInt milliseconds(Map<String, String> members, String name) {
    String given = members.get(name);
    if (given == null) {
      return OptionalInt.empty();
    }
    String expected = "a whole number, 0.." + MS_MAX;
    double number = number(name, given, expected);
    if (!(number >= 0 && number <= MS_MAX && number == Math.rint(number))) {
      throw Fields.invalid(NAME + "." + name, "out of range", expected);
    }
    return OptionalInt.of((int) number);
  }

  private static double number(String name, String text, String expected) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException _) {
      throw Fields.invalid(NAME + "." + name, "no number", expected);
    }
  }
}
