package dev.parley.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Eight bytes at a time: finds the bytes of a string that need a closer look. A word's lowest byte
/// is the first one.
final class Words {

  static final int BYTES = Long.BYTES;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long SPACES = ONES * ' ';
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private Words() {}

  static long at(byte[] text, int index) {
    return (long) WORD.get(text, index);
  }

  /// Marks (in each byte's top bit) quotes, backslashes, control characters and bytes beyond ASCII.
  /// Bytes above the first marked one may be marked wrongly, as subtraction borrows upwards.
  static long notPlain(long word) {
    long quotes = (word ^ QUOTES) - ONES;
    long backslashes = (word ^ BACKSLASHES) - ONES;
    return ((word - SPACES) | quotes | backslashes | word) & HIGHS;
  }

  /// Marks quotes and backslashes; above the first marked byte as inexact as [#notPlain].
  static long quoteOrBackslash(long word) {
    long quotes = word ^ QUOTES;
    long backslashes = word ^ BACKSLASHES;
    return (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes)) & HIGHS;
  }

  /// How many bytes lie before the first marked one; 8 when none is marked.
  static int unmarked(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
