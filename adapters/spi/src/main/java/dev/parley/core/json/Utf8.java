package dev.parley.core.json;

/// Writes single characters as UTF-8.
final class Utf8 {

  static final int BYTES_MAX = 4;

  private Utf8() {}

  /// Writes a code point that is no surrogate and returns the index behind it.
  static int put(byte[] out, int at, int code) {
    int i = at;
    if (code < 0x80) {
      out[i++] = (byte) code;
      return i;
    }
    if (code < 0x800) {
      out[i++] = (byte) (0xc0 | (code >> 6));
    } else {
      if (code < 0x10000) {
        out[i++] = (byte) (0xe0 | (code >> 12));
      } else {
        out[i++] = (byte) (0xf0 | (code >> 18));
        out[i++] = (byte) (0x80 | ((code >> 12) & 0x3f));
      }
      out[i++] = (byte) (0x80 | ((code >> 6) & 0x3f));
    }
    out[i++] = (byte) (0x80 | (code & 0x3f));
    return i;
  }
}
