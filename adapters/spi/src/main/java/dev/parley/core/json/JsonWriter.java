package dev.parley.core.json;

import java.util.Arrays;
import java.util.Objects;

/// Writes one JSON text as UTF-8 and places commas and colons itself. Strings are escaped
/// minimally; a lone surrogate becomes U+FFFD. A call that does not fit (a value without a name, an
/// end without a beginning) is an IllegalStateException. For one thread; [#reset] makes it ready
/// for the next text and keeps its buffer.
public final class JsonWriter {

  private static final int CAPACITY = 256;

  /// What may come next.
  private enum Place {
    /// Nothing is written yet.
    START,
    /// The text is complete.
    END,
    FIRST_ELEMENT,
    NEXT_ELEMENT,
    FIRST_MEMBER,
    NEXT_MEMBER,
    MEMBER_VALUE
  }

  private final Bytes out;

  /// The places to return to once the open containers end.
  private Place[] outer = new Place[8];

  private int depth;
  private Place place = Place.START;

  public JsonWriter() {
    this(CAPACITY);
  }

  /// A writer whose buffer has room for that many bytes at first and grows beyond.
  public JsonWriter(int capacity) {
    out = new Bytes(capacity);
  }

  public JsonWriter beginObject() {
    begin('{', Place.FIRST_MEMBER);
    return this;
  }

  public JsonWriter endObject() {
    end('}', place == Place.FIRST_MEMBER || place == Place.NEXT_MEMBER);
    return this;
  }

  public JsonWriter beginArray() {
    begin('[', Place.FIRST_ELEMENT);
    return this;
  }

  public JsonWriter endArray() {
    end(']', place == Place.FIRST_ELEMENT || place == Place.NEXT_ELEMENT);
    return this;
  }

  public JsonWriter name(String name) {
    beforeName();
    Escapes.put(out, name);
    out.put(':');
    place = Place.MEMBER_VALUE;
    return this;
  }

  public JsonWriter value(String value) {
    Objects.requireNonNull(value, "value");
    before();
    Escapes.put(out, value);
    return this;
  }

  public JsonWriter value(long value) {
    return literal(Long.toString(value));
  }

  /// The shortest spelling that reads back as the same double, always with a fraction, such as 1.0
  /// or 1.0E10.
  ///
  /// @throws IllegalArgumentException for NaN and the infinities
  public JsonWriter value(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON number: " + value + " (expected: a finite one)");
    }
    return literal(Double.toString(value));
  }

  /// As [#value(double)], shortest for a float: 0.1f becomes 0.1.
  public JsonWriter value(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("JSON number: " + value + " (expected: a finite one)");
    }
    return literal(Float.toString(value));
  }

  public JsonWriter value(boolean value) {
    return literal(value ? "true" : "false");
  }

  public JsonWriter nullValue() {
    return literal("null");
  }

  /// Copies a value as it is spelled.
  public JsonWriter raw(JsonValue value) {
    before();
    out.put(value.source(), value.start(), value.end());
    return this;
  }

  /// Copies one value whose syntax the caller vouches for; white space around it is dropped.
  public JsonWriter raw(byte[] validJson, int from, int to) {
    Objects.checkFromToIndex(from, to, validJson.length);
    int start = from;
    int end = to;
    while (start < end && validJson[start] <= ' ') {
      start++;
    }
    while (end > start && validJson[end - 1] <= ' ' && validJson[end - 1] >= 0) {
      end--;
    }
    if (start == end) {
      throw new IllegalArgumentException("JSON text: empty (expected: one value)");
    }
    before();
    out.put(validJson, start, end);
    return this;
  }

  /// As [#raw(byte[], int, int)].
  public JsonWriter raw(String validJson) {
    Bytes utf8 = new Bytes(validJson.length());
    utf8.putUtf8(validJson);
    return raw(utf8.toArray(), 0, utf8.size());
  }

  public JsonWriter member(String name, String value) {
    return name(name).value(value);
  }

  public JsonWriter member(String name, long value) {
    return name(name).value(value);
  }

  public JsonWriter member(String name, double value) {
    return name(name).value(value);
  }

  public JsonWriter member(String name, float value) {
    return name(name).value(value);
  }

  public JsonWriter member(String name, boolean value) {
    return name(name).value(value);
  }

  public JsonWriter member(String name, JsonValue value) {
    return name(name).raw(value);
  }

  /// Copies all members of an object, as they are spelled, into the object being written. That no
  /// name is written twice is the caller's care.
  public JsonWriter members(JsonObject object) {
    byte[] text = object.value().source();
    for (int member = 0; member < object.size(); member++) {
      beforeName();
      out.put(text, object.nameStart(member) - 1, object.valueEnd(member));
      place = Place.NEXT_MEMBER;
    }
    return this;
  }

  /// A copy of the text.
  ///
  /// @throws IllegalStateException if it is not complete
  public byte[] toBytes() {
    require(place == Place.END, "toBytes");
    return out.toArray();
  }

  /// The text as a value of its own, unchanged by what is written later.
  ///
  /// @throws IllegalStateException if it is not complete
  public JsonValue toValue() {
    byte[] text = toBytes();
    return new JsonValue(text, 0, text.length);
  }

  /// Bytes written so far.
  public int size() {
    return out.size();
  }

  /// Forgets what was written.
  public void reset() {
    out.clear();
    depth = 0;
    place = Place.START;
  }

  private JsonWriter literal(String ascii) {
    before();
    out.putPlain(ascii, 0);
    return this;
  }

  private void begin(char bracket, Place inside) {
    before();
    out.put(bracket);
    if (depth == outer.length) {
      outer = Arrays.copyOf(outer, depth * 2);
    }
    outer[depth++] = place;
    place = inside;
  }

  private void end(char bracket, boolean fits) {
    require(fits, "'" + bracket + "'");
    out.put(bracket);
    place = outer[--depth];
  }

  private void beforeName() {
    require(place == Place.FIRST_MEMBER || place == Place.NEXT_MEMBER, "a member");
    if (place == Place.NEXT_MEMBER) {
      out.put(',');
    }
  }

  /// Goes over to the place behind the value that is about to be written.
  private void before() {
    place =
        switch (place) {
          case START -> Place.END;
          case FIRST_ELEMENT -> Place.NEXT_ELEMENT;
          case NEXT_ELEMENT -> {
            out.put(',');
            yield Place.NEXT_ELEMENT;
          }
          case MEMBER_VALUE -> Place.NEXT_MEMBER;
          case END, FIRST_MEMBER, NEXT_MEMBER -> throw misplaced("a value");
        };
  }

  private void require(boolean fits, String what) {
    if (!fits) {
      throw misplaced(what);
    }
  }

  private IllegalStateException misplaced(String what) {
    return new IllegalStateException(what + " does not fit here: " + place);
  }
}
