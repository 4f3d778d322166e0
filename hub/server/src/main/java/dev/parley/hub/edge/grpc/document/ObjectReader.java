package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the modelled members out of one JSON object; whatever is left is its extra members. A
 * modelled member of an unexpected kind is left too, so that nothing is lost; one that is null
 * counts as absent. For one thread.
 */
final class ObjectReader {

  private final List<JsonMember> members;
  private final BitSet taken;
  private final List<JsonMember> leftInside = new ArrayList<>(2);

  ObjectReader(JsonValue object) {
    members = new ArrayList<>(8);
    object.object().forEach(members::add);
    taken = new BitSet(members.size());
  }

  /** The member's value if it fits, else null. */
  @Nullable JsonValue take(String name, Predicate<JsonValue> fits) {
    int last = -1;
    for (int i = members.size() - 1; i >= 0; i--) {
      if (members.get(i).name().equals(name)) {
        last = last < 0 ? i : last;
        if (last != i) {
          taken.set(i);
        }
      }
    }
    if (last < 0 || taken.get(last)) {
      return null;
    }
    JsonValue value = members.get(last).value();
    boolean isNull = value.isNull();
    if (isNull || fits.test(value)) {
      taken.set(last);
    }
    return isNull || !taken.get(last) ? null : value;
  }

  /** The text, or empty. */
  String string(String name) {
    JsonValue value = take(name, JsonValue::isString);
    return value == null ? "" : value.asString();
  }

  @Nullable String optionalString(String name) {
    JsonValue value = take(name, JsonValue::isString);
    return value == null ? null : value.asString();
  }

  @Nullable Integer int32(String name) {
    JsonValue value = take(name, v -> isIntegral(v, Integer.MIN_VALUE, Integer.MAX_VALUE));
    return value == null ? null : (Integer) (int) value.asLong();
  }

  @Nullable Long int64(String name) {
    JsonValue value = take(name, v -> isIntegral(v, Long.MIN_VALUE, Long.MAX_VALUE));
    return value == null ? null : (Long) value.asLong();
  }

  @Nullable JsonValue object(String name) {
    return take(name, JsonValue::isObject);
  }

  @Nullable JsonValue array(String name) {
    return take(name, JsonValue::isArray);
  }

  /** Keeps what an inner object, which has no message of its own, left over. */
  void leave(String name, ObjectReader inner) {
    String left = inner.extra();
    if (!left.isEmpty()) {
      leaveRaw(name, left);
    }
  }

  /** Keeps a member whose raw JSON text is given. */
  void leaveRaw(String name, String json) {
    leftInside.add(new JsonMember(name, Json.parse(json.getBytes(StandardCharsets.UTF_8))));
  }

  /** One JSON object of all that was not taken; empty when there is nothing. */
  String extra() {
    if (taken.cardinality() == members.size() && leftInside.isEmpty()) {
      return "";
    }
    JsonWriter out = new JsonWriter().beginObject();
    for (int i = taken.nextClearBit(0); i < members.size(); i = taken.nextClearBit(i + 1)) {
      out.member(members.get(i).name(), members.get(i).value());
    }
    for (JsonMember member : leftInside) {
      out.member(member.name(), member.value());
    }
    return out.endObject().toValue().raw();
  }

  static boolean isIntegral(JsonValue value, long min, long max) {
    if (!value.isNumber()) {
      return false;
    }
    try {
      long number = value.asLong();
      return number >= min && number <= max;
    } catch (ArithmeticException _) {
      return false;
    }
  }
}
