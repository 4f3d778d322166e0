package dev.parley.core.json;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// Walks the elements of one array.
final class Elements implements Iterator<JsonValue> {

  private final byte[] text;

  /// Start of the next element, or the closing bracket.
  private int next;

  Elements(byte[] text, int arrayStart) {
    this.text = text;
    this.next = Slices.space(text, arrayStart + 1);
  }

  @Override
  public boolean hasNext() {
    return text[next] != ']';
  }

  @Override
  public JsonValue next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int end = Slices.valueEnd(text, next);
    JsonValue element = new JsonValue(text, next, end);
    int behind = Slices.space(text, end);
    next = text[behind] == ',' ? Slices.space(text, behind + 1) : behind;
    return element;
  }
}
