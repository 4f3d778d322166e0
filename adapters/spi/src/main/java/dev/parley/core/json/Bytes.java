package dev.parley.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing array of bytes.
final class Bytes {

  private static final int CAPACITY_MAX = Integer.MAX_VALUE - 8;

  private byte[] array;
  private int size;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  /// Makes room for that many bytes more, to be written with [#put(int)] one by one.
  void reserve(int more) {
    if (more > array.length - size) {
      grow(more);
    }
  }

  private void grow(int more) {
    long needed = (long) size + more;
    if (needed > CAPACITY_MAX) {
      throw new IllegalStateException("JSON text beyond " + CAPACITY_MAX + " bytes");
    }
    array = Arrays.copyOf(array, (int) Math.min(CAPACITY_MAX, Math.max(needed, array.length * 2L)));
  }

  void put(int ascii) {
    reserve(1);
    array[size++] = (byte) ascii;
  }

  void put(byte[] source, int from, int to) {
    int length = to - from;
    reserve(length);
    System.arraycopy(source, from, array, size, length);
    size += length;
  }

  void putUtf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8, 0, utf8.length);
  }

  void putCodePoint(int code) {
    reserve(Utf8.BYTES_MAX);
    size = Utf8.put(array, size, code);
  }

  /// Copies characters up to the first one that is not plain ASCII of a JSON string, and returns
  /// its index.
  int putPlain(String text, int start) {
    int length = text.length();
    reserve(length - start);
    byte[] target = array;
    int shift = size - start;
    int i = start;
    while (i < length) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      target[shift + i] = (byte) c;
      i++;
    }
    size = shift + i;
    return i;
  }

  int size() {
    return size;
  }

  /// The content up to [#size], for whoever writes nothing more.
  byte[] array() {
    return array;
  }

  void clear() {
    size = 0;
  }

  byte[] toArray() {
    return Arrays.copyOf(array, size);
  }
}
