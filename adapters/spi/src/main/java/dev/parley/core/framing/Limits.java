package dev.parley.core.framing;

/// Checks what callers may choose.
final class Limits {

  private static final int BYTES_MAX = 1 << 30;

  private Limits() {}

  static int checked(String name, int bytesMax) {
    if (bytesMax < 1 || bytesMax > BYTES_MAX) {
      throw new IllegalArgumentException(
          name + ": " + bytesMax + " (expected: 1.." + BYTES_MAX + ")");
    }
    return bytesMax;
  }
}
