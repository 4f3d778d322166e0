package dev.parley.hub.edge.speech;

import static dev.parley.hub.edge.openai.FieldRule.described;
import static dev.parley.hub.edge.openai.FieldRule.refused;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.hub.edge.openai.FieldRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The members of one document: each is taken by its name, checked, and what nobody took travels on.
 * Null counts as absent. Failures are InvalidRequest that names the member. For one thread.
 */
final class Members {

  /** The longest text, in UTF-16 units. */
  static final int TEXT_MAX = 65_536;

  private final String path;
  private final Map<String, JsonValue> members = new LinkedHashMap<>();

  Members(JsonValue object) {
    this("", object);
  }

  /** Those of an inner object; {@code path} ends with a dot. */
  Members(String path, JsonValue object) {
    this.path = path;
    for (JsonMember member : object.object()) {
      if (member.value().isNull()) {
        members.remove(member.name());
      } else {
        members.put(member.name(), member.value());
      }
    }
  }

  Optional<JsonValue> take(String name) {
    return Optional.ofNullable(members.remove(name));
  }

  /** A string; empty when absent. */
  String string(String name) {
    return optionalString(name).orElse("");
  }

  Optional<String> optionalString(String name) {
    return take(name)
        .map(value -> {
          FieldRule.string().check(path + name, value);
          return value.asString();
        });
  }

  /** A name, which must not be empty where it is given. */
  Optional<String> name(String name) {
    Optional<String> given = optionalString(name);
    if (given.isPresent() && given.get().isBlank()) {
      throw refused(path + name, "empty", "a name");
    }
    return given;
  }

  /** The text to speak, which must be there. */
  String text(String name) {
    String text =
        optionalString(name).orElseThrow(() -> refused(path + name, "not given", "a string"));
    if (text.isBlank()) {
      throw refused(path + name, text.isEmpty() ? "empty" : "only white space", "a text to speak");
    }
    if (text.length() > TEXT_MAX) {
      throw new HubException(
          new HubError.TooLarge("the text", path + name, TEXT_MAX, "characters"));
    }
    return text;
  }

  OptionalDouble number(String name, double min, double max) {
    Optional<JsonValue> given = take(name);
    if (given.isEmpty()) {
      return OptionalDouble.empty();
    }
    JsonValue value = given.get();
    String expected = "a number in " + plain(min) + ".." + plain(max);
    if (!value.isNumber()) {
      throw refused(path + name, described(value), expected);
    }
    double number = value.asDouble();
    if (!(number >= min && number <= max)) {
      throw refused(path + name, described(value), expected);
    }
    return OptionalDouble.of(number);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  OptionalLong whole(String name, long min, long max) {
    Optional<JsonValue> given = take(name);
    given.ifPresent(value -> FieldRule.integer(min, max).check(path + name, value));
    return given.map(value -> OptionalLong.of(value.asLong())).orElse(OptionalLong.empty());
  }

  Optional<Boolean> bool(String name) {
    return take(name)
        .map(value -> {
          FieldRule.bool().check(path + name, value);
          return value.asBoolean();
        });
  }

  /** One of some words; the first when absent. */
  String word(String name, List<String> words) {
    Optional<JsonValue> given = take(name);
    if (given.isEmpty()) {
      return words.getFirst();
    }
    FieldRule.oneOf(words.toArray(String[]::new)).check(path + name, given.get());
    return given.get().asString();
  }

  /** An inner object. */
  Optional<Members> object(String name) {
    return take(name)
        .map(value -> {
          FieldRule.object().check(path + name, value);
          return new Members(path + name + ".", value);
        });
  }

  /** All that nobody took, as an object. */
  JsonValue rest() {
    JsonWriter out = new JsonWriter(64).beginObject();
    members.forEach(out::member);
    return out.endObject().toValue();
  }
}
