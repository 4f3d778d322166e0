package dev.parley.core.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The members of one object, one level deep, in the order of the text. Looking up compares bytes;
/// names and values become objects only when asked for. Immutable.
public final class JsonObject implements Iterable<JsonMember> {

  static final int[] NO_MEMBERS = {};

  private static final int INTS_PER_MEMBER = 4;

  /// Most objects inside a document have no more members: room for more would be garbage in each.
  private static final int MEMBERS_AT_FIRST = 4;

  private final JsonValue value;

  /// For each member: start and end of the name between its quotes, start and end of the value.
  private final int[] index;

  JsonObject(JsonValue value, int[] index) {
    this.value = value;
    this.index = index;
  }

  static JsonObject index(JsonValue value) {
    byte[] text = value.source();
    int[] index = NO_MEMBERS;
    int size = 0;
    int i = Slices.space(text, value.start() + 1);
    while (text[i] != '}') {
      if (size == index.length) {
        index = Arrays.copyOf(index, Math.max(MEMBERS_AT_FIRST * INTS_PER_MEMBER, size * 2));
      }
      int nameEnd = Slices.stringEnd(text, i + 1) - 1;
      int colon = Slices.space(text, nameEnd + 1);
      int valueStart = Slices.space(text, colon + 1);
      int valueEnd = Slices.valueEnd(text, valueStart);
      index[size] = i + 1;
      index[size + 1] = nameEnd;
      index[size + 2] = valueStart;
      index[size + 3] = valueEnd;
      size += INTS_PER_MEMBER;
      i = Slices.space(text, valueEnd);
      if (text[i] == ',') {
        i = Slices.space(text, i + 1);
      }
    }
    return new JsonObject(value, size == index.length ? index : Arrays.copyOf(index, size));
  }

  /// The value of the member of that name (the last one of several), or null.
  public @Nullable JsonValue get(String name) {
    int member = find(name);
    return member < 0 ? null : valueAt(member);
  }

  public boolean has(String name) {
    return find(name) >= 0;
  }

  /// Members, repeated names counted each time.
  public int size() {
    return index.length / INTS_PER_MEMBER;
  }

  /// The object itself.
  public JsonValue value() {
    return value;
  }

  /// Whether a name occurs more than once, its escapes resolved.
  public boolean hasDuplicates() {
    Set<String> names = HashSet.newHashSet(size());
    for (int member = 0; member < size(); member++) {
      if (!names.add(nameAt(member))) {
        return true;
      }
    }
    return false;
  }

  /// The members in the order of the text, repeated ones included.
  @Override
  public Iterator<JsonMember> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public JsonMember next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int member = next++;
        return new JsonMember(nameAt(member), valueAt(member));
      }
    };
  }

  private int find(String name) {
    for (int member = size() - 1; member >= 0; member--) {
      if (isNamed(member, name)) {
        return member;
      }
    }
    return -1;
  }

  boolean isNamed(int member, String name) {
    return Strings.equal(value.source(), nameStart(member), nameEnd(member), name);
  }

  String nameAt(int member) {
    return Strings.decode(value.source(), nameStart(member), nameEnd(member));
  }

  JsonValue valueAt(int member) {
    return new JsonValue(value.source(), valueStart(member), valueEnd(member));
  }

  /// Behind the opening quote.
  int nameStart(int member) {
    return index[member * INTS_PER_MEMBER];
  }

  /// At the closing quote.
  int nameEnd(int member) {
    return index[member * INTS_PER_MEMBER + 1];
  }

  int valueStart(int member) {
    return index[member * INTS_PER_MEMBER + 2];
  }

  int valueEnd(int member) {
    return index[member * INTS_PER_MEMBER + 3];
  }
}
