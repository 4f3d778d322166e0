package dev.parley.core.json;

import java.nio.charset.StandardCharsets;

/// The content of checked strings, given as slices between the quotes.
final class Strings {

  private static final int REPLACEMENT = 0xfffd;

  private Strings() {}

  static String decode(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        return unescaped(text, from, to, i);
      }
    }
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  /// Compares in place; only escapes and characters beyond ASCII need the decoded string.
  static boolean equal(byte[] text, int from, int to, String other) {
    int length = other.length();
    for (int n = 0; n < length; n++) {
      int i = from + n;
      if (i >= to) {
        return false;
      }
      char c = other.charAt(n);
      if (text[i] == '\\' || c >= 0x80) {
        return decode(text, from, to).equals(other);
      }
      if (text[i] != c) {
        return false;
      }
    }
    return from + length == to;
  }

  private static String unescaped(byte[] text, int from, int to, int firstEscape) {
    // An escape is never shorter than the UTF-8 form of what it stands for.
    byte[] plain = new byte[to - from];
    int size = firstEscape - from;
    System.arraycopy(text, from, plain, 0, size);
    int i = firstEscape;
    while (i < to) {
      byte c = text[i++];
      if (c != '\\') {
        plain[size++] = c;
        continue;
      }
      byte kind = text[i++];
      if (kind != 'u') {
        plain[size++] = simple(kind);
        continue;
      }
      int code = hex(text, i);
      i += 4;
      if (Character.isHighSurrogate((char) code) && startsLowSurrogate(text, i, to)) {
        code = Character.toCodePoint((char) code, (char) hex(text, i + 2));
        i += 6;
      }
      size = Utf8.put(plain, size, isSurrogate(code) ? REPLACEMENT : code);
    }
    return new String(plain, 0, size, StandardCharsets.UTF_8);
  }

  private static boolean isSurrogate(int code) {
    return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
  }

  private static boolean startsLowSurrogate(byte[] text, int i, int to) {
    return to - i >= 6
        && text[i] == '\\'
        && text[i + 1] == 'u'
        && Character.isLowSurrogate((char) hex(text, i + 2));
  }

  private static byte simple(byte kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }

  private static int hex(byte[] text, int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      code = (code << 4) | Character.digit(text[i], 16);
    }
    return code;
  }
}
