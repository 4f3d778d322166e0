package dev.parley.adapters.recognition;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.recognition.LanguageNames;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members of transcripts as servers spell them: absent, null, or of another kind than expected. */
public final class Members {

  private static final double NUMBER_MAX = 1e15;

  private Members() {}

  /** A text; empty when there is none. */
  public static String text(JsonValue object, String name) {
    JsonValue value = object.get(name);
    return value != null && value.isString() ? value.asString() : "";
  }

  /** A number, also one that is written as text; empty when there is none. */
  public static OptionalDouble number(JsonValue object, String name) {
    JsonValue value = object.get(name);
    if (value == null || value.isNull()) {
      return OptionalDouble.empty();
    }
    double number = Double.NaN;
    if (value.isNumber()) {
      number = value.asDouble();
    } else if (value.isString()) {
      try {
        number = Double.parseDouble(value.asString().strip());
      } catch (NumberFormatException _) {
        // No number: told below.
      }
    }
    return Math.abs(number) <= NUMBER_MAX ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  /** A count; empty when there is none. */
  public static OptionalLong count(@Nullable JsonValue object, String name) {
    OptionalDouble number =
        object == null || !object.isObject() ? OptionalDouble.empty() : number(object, name);
    return number.isEmpty() || number.getAsDouble() < 0
        ? OptionalLong.empty()
        : OptionalLong.of((long) number.getAsDouble());
  }

  /** A number between two others, pushed to the nearer when it lies outside. */
  public static OptionalDouble within(JsonValue object, String name, double least, double most) {
    OptionalDouble number = number(object, name);
    return number.isEmpty()
        ? number
        : OptionalDouble.of(Math.clamp(number.getAsDouble(), least, most));
  }

  /** The objects of a list; none when there is no list. */
  public static List<JsonValue> objects(JsonValue object, String name) {
    JsonValue list = object.get(name);
    List<JsonValue> objects = new ArrayList<>();
    if (list != null && list.isArray()) {
      for (JsonValue element : list.elements()) {
        if (element.isObject()) {
          objects.add(element);
        }
      }
    }
    return objects;
  }

  /** The tag of a language that is given by tag or English name; empty when it is none. */
  public static String language(String tagOrName) {
    return tagOrName.isBlank() ? "" : LanguageNames.tag(tagOrName).orElse("");
  }

  /** The members of an object that are not among those names; nulls are left out too. */
  public static JsonValue others(JsonValue object, Set<String> known) {
    JsonWriter rest = new JsonWriter();
    boolean any = false;
    rest.beginObject();
    for (JsonMember member : object.object()) {
      if (!known.contains(member.name()) && !member.value().isNull()) {
        rest.member(member.name(), member.value());
        any = true;
      }
    }
    return any ? rest.endObject().toValue() : Json.EMPTY_OBJECT;
  }
}
