package dev.parley.core.framing;

import java.util.Arrays;

/// A growing array whose content can be handed over without a copy.
final class Bytes {

  private static final byte[] NONE = {};
  private static final int CAPACITY = 256;

  private byte[] array = NONE;
  private int size;

  void put(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, array, size, to - from);
    size += to - from;
  }

  void put(char ascii) {
    reserve(1);
    array[size++] = (byte) ascii;
  }

  /// Sizes are bounded by the decoders far below where these sums could overflow.
  private void reserve(int more) {
    if (more > array.length - size) {
      long doubled = Math.min(Integer.MAX_VALUE - 8, array.length * 2L);
      array = Arrays.copyOf(array, Math.max(Math.max(CAPACITY, size + more), (int) doubled));
    }
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The content, valid up to [#size] until the next change.
  byte[] array() {
    return array;
  }

  /// Forgets the content and keeps its array.
  void clear() {
    size = 0;
  }

  /// Forgets the content and leaves its array to whoever took it.
  void handOver() {
    array = NONE;
    size = 0;
  }
}
