package dev.parley.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// An immutable view of one value: a slice of text that was checked as a whole. Nothing is decoded
/// before it is asked for. Safe to share between threads as long as nobody changes the bytes. Equal
/// means equal bytes.
public final class JsonValue {

  private final byte[] source;
  private final int start;
  private final int end;

  /// Made on first use; a race makes it twice, which is harmless.
  private @Nullable JsonObject object;

  /// The slice must be checked JSON without white space around it.
  JsonValue(byte[] source, int start, int end) {
    this.source = source;
    this.start = start;
    this.end = end;
  }

  static JsonValue ofIndexed(byte[] source, int start, int end, int[] index) {
    JsonValue value = new JsonValue(source, start, end);
    value.object = new JsonObject(value, index);
    return value;
  }

  public JsonKind kind() {
    return JsonKind.startingWith(source[start]);
  }

  public boolean isNull() {
    return source[start] == 'n';
  }

  public boolean isString() {
    return source[start] == '"';
  }

  public boolean isObject() {
    return source[start] == '{';
  }

  public boolean isArray() {
    return source[start] == '[';
  }

  public boolean isNumber() {
    return source[start] == '-' || (source[start] >= '0' && source[start] <= '9');
  }

  public boolean isBoolean() {
    return source[start] == 't' || source[start] == 'f';
  }

  /// The array that this value is a slice of, not a copy: read only.
  public byte[] source() {
    return source;
  }

  /// Index of the first byte in [#source].
  public int start() {
    return start;
  }

  /// Index behind the last byte in [#source].
  public int end() {
    return end;
  }

  /// Bytes of the text of this value.
  public int length() {
    return end - start;
  }

  /// The string with its escapes resolved; an escaped lone surrogate becomes U+FFFD.
  ///
  /// @throws IllegalStateException if this is not a string
  public String asString() {
    require(isString(), "a string");
    return Strings.decode(source, start + 1, end - 1);
  }

  /// The number, if it is an integer in the range of long, in whichever spelling: 1, 1.0, 1e3,
  /// 2500e-2.
  ///
  /// @throws ArithmeticException if it has a fraction or is out of range
  /// @throws IllegalStateException if this is not a number
  public long asLong() {
    require(isNumber(), "a number");
    return Numbers.asLong(source, start, end);
  }

  /// The nearest double; infinite when the number is out of range, such as 1e400.
  ///
  /// @throws IllegalStateException if this is not a number
  public double asDouble() {
    require(isNumber(), "a number");
    return Numbers.asDouble(source, start, end);
  }

  /// Whether this is true.
  ///
  /// @throws IllegalStateException if this is neither true nor false
  public boolean asBoolean() {
    require(isBoolean(), "true or false");
    return source[start] == 't';
  }

  /// Whether this is a string equal to the given one; allocates nothing unless the text holds
  /// escapes or the given string characters beyond ASCII.
  public boolean textEquals(String text) {
    return isString() && Strings.equal(source, start + 1, end - 1, text);
  }

  public boolean isEmptyString() {
    return end - start == 2 && isString();
  }

  /// A view of the members.
  ///
  /// @throws IllegalStateException if this is not an object
  public JsonObject object() {
    JsonObject known = object;
    if (known == null) {
      require(isObject(), "an object");
      known = JsonObject.index(this);
      object = known;
    }
    return known;
  }

  /// The member of that name (the last one of several), or null when there is none or this is not
  /// an object.
  public @Nullable JsonValue get(String name) {
    return isObject() ? object().get(name) : null;
  }

  /// The elements in order, found while iterating.
  ///
  /// @throws IllegalStateException if this is not an array
  public Iterable<JsonValue> elements() {
    require(isArray(), "an array");
    return this::iterator;
  }

  private Iterator<JsonValue> iterator() {
    return new Elements(source, start);
  }

  /// The JSON text of this value.
  public String raw() {
    return new String(source, start, end - start, StandardCharsets.UTF_8);
  }

  /// A copy of the JSON text of this value.
  public byte[] toBytes() {
    return Arrays.copyOfRange(source, start, end);
  }

  /// The same value on one line, without white space between its tokens; this one if there is none
  /// to drop.
  public JsonValue compacted() {
    byte[] out = new byte[end - start];
    int size = 0;
    int i = start;
    while (i < end) {
      byte c = source[i];
      if (c == '"') {
        int behind = Slices.stringEnd(source, i + 1);
        System.arraycopy(source, i, out, size, behind - i);
        size += behind - i;
        i = behind;
      } else {
        if (c > ' ') {
          out[size++] = c;
        }
        i++;
      }
    }
    return size == out.length ? this : new JsonValue(Arrays.copyOf(out, size), 0, size);
  }

  private void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalStateException("JSON " + kind() + " (expected: " + expected + ")");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonValue that
        && Arrays.equals(source, start, end, that.source, that.start, that.end);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + source[i];
    }
    return hash;
  }

  /// Kind and size only, as texts are callers' and belong in no log; see [#raw].
  @Override
  public String toString() {
    return "JSON " + kind() + " of " + length() + " bytes";
  }
}
