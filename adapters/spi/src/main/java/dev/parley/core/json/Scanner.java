package dev.parley.core.json;

import java.util.Arrays;

/// Checks one text in a single pass without recursion, and notes the members of a root object on
/// the way, so that looking into the document afterwards costs no second pass.
final class Scanner {

  private final byte[] text;
  private final int from;
  private final int to;
  private final JsonLimits limits;

  /// One bit for each open container: set for an object, clear for an array.
  private final long[] objects;

  private int depth;
  private int elements;
  private int[] index = JsonObject.NO_MEMBERS;
  private int indexed;

  Scanner(byte[] text, int from, int to, JsonLimits limits) {
    this.text = text;
    this.from = from;
    this.to = to;
    this.limits = limits;
    this.objects = new long[(limits.depthMax() >>> 6) + 1];
  }

  JsonValue scan() {
    if (at(from) == (byte) 0xef && at(from + 1) == (byte) 0xbb && at(from + 2) == (byte) 0xbf) {
      throw fail(from, "a byte order mark is not allowed before JSON text");
    }
    int start = space(from);
    int end = document(start);
    int rest = space(end);
    if (rest < to) {
      throw unexpected(rest, "the end of the text");
    }
    if (text[start] != '{') {
      return new JsonValue(text, start, end);
    }
    return JsonValue.ofIndexed(text, start, end, Arrays.copyOf(index, indexed));
  }

  private int document(int start) {
    int i = start;
    while (true) {
      byte first = at(i);
      if (first == '{' || first == '[') {
        boolean object = first == '{';
        open(i, object);
        i = space(i + 1);
        if (at(i) != (object ? '}' : ']')) {
          i = object ? memberName(i) : element(i);
          continue;
        }
        depth--;
        i++;
      } else {
        i = scalar(i, first);
      }
      // A value has just ended: close what it completes, up to the next value or the end of the
      // text.
      while (true) {
        if (depth == 0) {
          return i;
        }
        boolean object = inObject();
        if (depth == 1 && object) {
          index[indexed - 1] = i;
        }
        i = space(i);
        byte c = at(i);
        if (c == ',') {
          i = space(i + 1);
          i = object ? memberName(i) : element(i);
          break;
        }
        if (c != (object ? '}' : ']')) {
          throw unexpected(i, object ? "',' or '}'" : "',' or ']'");
        }
        depth--;
        i++;
      }
    }
  }

  private void open(int i, boolean object) {
    if (depth == limits.depthMax()) {
      throw fail(i, "nested deeper than " + limits.depthMax() + " levels");
    }
    long bit = 1L << depth;
    if (object) {
      objects[depth >>> 6] |= bit;
    } else {
      objects[depth >>> 6] &= ~bit;
    }
    depth++;
  }

  private boolean inObject() {
    int level = depth - 1;
    return (objects[level >>> 6] & (1L << level)) != 0;
  }

  private int element(int i) {
    if (elements == limits.elementsMax()) {
      throw fail(i, "more than " + limits.elementsMax() + " members and elements");
    }
    elements++;
    return i;
  }

  /// From the quote of a name to the start of its value.
  private int memberName(int i) {
    if (at(i) != '"') {
      throw unexpected(i, "a member name in quotes");
    }
    element(i);
    int end = string(i + 1);
    int colon = space(end);
    if (at(colon) != ':') {
      throw unexpected(colon, "':'");
    }
    int value = space(colon + 1);
    if (depth == 1) {
      note(i + 1, end - 1, value);
    }
    return value;
  }

  private void note(int nameFrom, int nameTo, int valueFrom) {
    if (indexed + 4 > index.length) {
      index = Arrays.copyOf(index, Math.max(32, index.length * 2));
    }
    index[indexed] = nameFrom;
    index[indexed + 1] = nameTo;
    index[indexed + 2] = valueFrom;
    indexed += 4;
  }

  private int scalar(int i, byte first) {
    return switch (first) {
      case '"' -> string(i + 1);
      case 't' -> literal(i, "true");
      case 'f' -> literal(i, "false");
      case 'n' -> literal(i, "null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(i);
      default -> throw unexpected(i, "a value");
    };
  }

  private int literal(int start, String word) {
    for (int n = 1; n < word.length(); n++) {
      if (at(start + n) != word.charAt(n)) {
        throw unexpected(start + n, word);
      }
    }
    return start + word.length();
  }

  private int number(int start) {
    int i = at(start) == '-' ? start + 1 : start;
    i = at(i) == '0' ? i + 1 : digits(i);
    if (at(i) == '.') {
      i = digits(i + 1);
    }
    if (at(i) == 'e' || at(i) == 'E') {
      i++;
      i = digits(at(i) == '+' || at(i) == '-' ? i + 1 : i);
    }
    return i;
  }

  private int digits(int start) {
    int i = start;
    while (at(i) >= '0' && at(i) <= '9') {
      i++;
    }
    if (i == start) {
      throw unexpected(i, "a digit");
    }
    return i;
  }

  /// From behind the opening quote to behind the closing one.
  private int string(int start) {
    int i = start;
    while (true) {
      while (to - i >= Words.BYTES) {
        long marks = Words.notPlain(Words.at(text, i));
        i += Words.unmarked(marks);
        if (marks != 0) {
          break;
        }
      }
      if (i >= to) {
        throw fail(to, "a string is not closed");
      }
      byte c = text[i];
      if (c == '"') {
        return i + 1;
      } else if (c == '\\') {
        i = escape(i);
      } else if (c < 0) {
        i = beyondAscii(i);
      } else if (c < ' ') {
        throw fail(i, "a string holds an unescaped control character " + shown(i));
      } else {
        i++;
      }
    }
  }

  private int escape(int backslash) {
    int i = backslash + 1;
    return switch (at(i)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> i + 1;
      case 'u' -> hexDigits(i + 1);
      default -> throw unexpected(i, "one of \"\\/bfnrtu after a backslash");
    };
  }

  private int hexDigits(int start) {
    for (int i = start; i < start + 4; i++) {
      if (Character.digit(at(i), 16) < 0) {
        throw unexpected(i, "a hexadecimal digit");
      }
    }
    return start + 4;
  }

  /// Steps over a run of characters beyond ASCII, each in its shortest form and none a surrogate
  /// (RFC 3629).
  private int beyondAscii(int start) {
    int i = start;
    while (at(i) < 0) {
      int lead = text[i] & 0xff;
      int second = at(i + 1) & 0xff;
      int length;
      boolean good;
      if (lead < 0xe0) {
        length = 2;
        good = lead >= 0xc2 && (second & 0xc0) == 0x80;
      } else if (lead < 0xf0) {
        length = 3;
        int lowest = lead == 0xe0 ? 0xa0 : 0x80;
        int highest = lead == 0xed ? 0x9f : 0xbf;
        good = second >= lowest && second <= highest && continues(i + 2);
      } else {
        length = 4;
        int lowest = lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xf4 ? 0x8f : 0xbf;
        good = lead <= 0xf4 && second >= lowest && second <= highest;
        good = good && continues(i + 2) && continues(i + 3);
      }
      if (!good) {
        throw fail(i, "not UTF-8: " + shown(i));
      }
      i += length;
    }
    return i;
  }

  private boolean continues(int i) {
    return (at(i) & 0xc0) == 0x80;
  }

  private int space(int start) {
    int i = start;
    while (i < to && text[i] <= ' ') {
      byte c = text[i];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        break;
      }
      i++;
    }
    return i;
  }

  /// The byte at an index, or NUL (which JSON allows nowhere) beyond the end.
  private byte at(int i) {
    return i < to ? text[i] : 0;
  }

  private JsonSyntaxException unexpected(int i, String expected) {
    return fail(i, "expected " + expected + " but found " + shown(i));
  }

  private JsonSyntaxException fail(int i, String problem) {
    return JsonSyntaxException.at(text, from, Math.min(i, to), problem);
  }

  private String shown(int i) {
    if (i >= to) {
      return "the end of the text";
    }
    int c = text[i] & 0xff;
    if (c >= 0x80) {
      return "byte 0x%02x".formatted(c);
    }
    return c < ' ' || c == 0x7f ? "'\\u%04x'".formatted(c) : "'" + (char) c + "'";
  }
}
