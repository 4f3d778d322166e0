package dev.parley.hub.bench.http;

/** Looks into the bytes of a message's head. */
public final class Heads {

  private Heads() {}

  /** The status of an answer's head, such as 200. */
  public static int status(byte[] head, int length) {
    return (int) number(head, "HTTP/1.1".length(), length);
  }

  /** Whether a lower-case name stands at {@code from}, in whatever case. */
  public static boolean startsWith(byte[] head, int from, int length, String name) {
    if (length - from < name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.toLowerCase(head[from + i]) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where {@code text} first stands in {@code bytes[0, length)}, or -1. */
  public static int find(byte[] bytes, int length, byte[] text) {
    for (int at = 0; at <= length - text.length; at++) {
      int i = 0;
      while (i < text.length && bytes[at + i] == text[i]) {
        i++;
      }
      if (i == text.length) {
        return at;
      }
    }
    return -1;
  }

  /** The number at {@code from}, behind blanks; 0 when there is none. */
  public static long number(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] == ' ') {
      at++;
    }
    long value = 0;
    while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + (bytes[at++] - '0');
    }
    return value;
  }

  /** Where the line behind the one of {@code from} begins. */
  public static int nextLine(byte[] bytes, int from, int length) {
    for (int at = from; at < length; at++) {
      if (bytes[at] == '\n') {
        return at + 1;
      }
    }
    return length;
  }
}
