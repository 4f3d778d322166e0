package dev.parley.core.json;

import java.nio.charset.StandardCharsets;

/// The values of checked numbers. Work is linear in the spelling, whatever the exponent says.
final class Numbers {

  private static final int PLAIN_DIGITS_MAX = 18;
  private static final int EXPONENT_MAX = 1_000_000_000;

  private Numbers() {}

  static double asDouble(byte[] text, int from, int to) {
    return Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
  }

  static long asLong(byte[] text, int from, int to) {
    boolean negative = text[from] == '-';
    int start = negative ? from + 1 : from;
    if (to - start > PLAIN_DIGITS_MAX) {
      return exact(text, start, to, negative);
    }
    long value = 0;
    for (int i = start; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return exact(text, start, to, negative);
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /// Sums up the digits below zero, where the range is one wider, and counts the zeros that
  /// fraction and exponent leave over.
  private static long exact(byte[] text, int start, int to, boolean negative) {
    int exponentAt = exponentAt(text, start, to);
    long zeros = exponentAt < to ? exponent(text, exponentAt + 1, to) : 0;
    long value = 0;
    int pending = 0;
    boolean fraction = false;
    for (int i = start; i < exponentAt; i++) {
      if (text[i] == '.') {
        fraction = true;
        continue;
      }
      if (fraction) {
        zeros--;
      }
      int digit = text[i] - '0';
      if (digit == 0) {
        pending = value == 0 ? 0 : pending + 1;
        continue;
      }
      value = Math.subtractExact(timesTen(value, pending + 1L), digit);
      pending = 0;
    }
    if (value == 0) {
      return 0;
    }
    zeros += pending;
    if (zeros < 0) {
      throw new ArithmeticException("not an integer");
    }
    value = timesTen(value, zeros);
    return negative ? value : Math.negateExact(value);
  }

  private static long timesTen(long value, long times) {
    long result = value;
    for (long n = 0; n < times && result != 0; n++) {
      result = Math.multiplyExact(result, 10L);
    }
    return result;
  }

  private static int exponentAt(byte[] text, int start, int to) {
    int i = start;
    while (i < to && text[i] != 'e' && text[i] != 'E') {
      i++;
    }
    return i;
  }

  private static long exponent(byte[] text, int start, int to) {
    boolean negative = text[start] == '-';
    long value = 0;
    for (int i = negative || text[start] == '+' ? start + 1 : start; i < to; i++) {
      value = Math.min(EXPONENT_MAX, value * 10 + (text[i] - '0'));
    }
    return negative ? -value : value;
  }
}
