package dev.parley.core.json;

/// Writes strings: quotes, backslashes and control characters escaped, everything else as it is.
final class Escapes {

  private static final String HEX = "0123456789abcdef";
  private static final int REPLACEMENT = 0xfffd;

  private Escapes() {}

  static void put(Bytes out, String text) {
    out.put('"');
    int length = text.length();
    int i = out.putPlain(text, 0);
    while (i < length) {
      int code = text.codePointAt(i);
      i += Character.charCount(code);
      if (code < 0x80) {
        putEscaped(out, code);
        i = out.putPlain(text, i);
      } else {
        boolean lone = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        out.putCodePoint(lone ? REPLACEMENT : code);
        if (i < length && text.charAt(i) < 0x80) {
          i = out.putPlain(text, i);
        }
      }
    }
    out.put('"');
  }

  private static void putEscaped(Bytes out, int code) {
    out.put('\\');
    switch (code) {
      case '"', '\\' -> out.put(code);
      case '\n' -> out.put('n');
      case '\r' -> out.put('r');
      case '\t' -> out.put('t');
      case '\b' -> out.put('b');
      case '\f' -> out.put('f');
      default -> {
        out.put('u');
        out.put('0');
        out.put('0');
        out.put(HEX.charAt(code >> 4));
        out.put(HEX.charAt(code & 0xf));
      }
    }
  }
}
