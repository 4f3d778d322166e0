package dev.parley.core.json;

/// Walks text that was checked before, so nothing here looks for mistakes or for the end of the
/// array.
final class Slices {

  private Slices() {}

  /// The first index at or after the start that holds no white space.
  static int space(byte[] text, int start) {
    int i = start;
    while (text[i] <= ' ' && text[i] >= 0) {
      i++;
    }
    return i;
  }

  /// Behind the value that starts here inside of a container (whose end stops a number).
  static int valueEnd(byte[] text, int start) {
    return switch (text[start]) {
      case '"' -> stringEnd(text, start + 1);
      case '{', '[' -> containerEnd(text, start);
      case 't', 'n' -> start + 4;
      case 'f' -> start + 5;
      default -> numberEnd(text, start);
    };
  }

  /// Behind the closing quote of the string whose content starts here.
  static int stringEnd(byte[] text, int start) {
    int i = start;
    while (true) {
      if (text.length - i >= Words.BYTES) {
        long marks = Words.quoteOrBackslash(Words.at(text, i));
        i += Words.unmarked(marks);
        if (marks == 0) {
          continue;
        }
      }
      byte c = text[i++];
      if (c == '"') {
        return i;
      }
      if (c == '\\') {
        i++;
      }
    }
  }

  private static int containerEnd(byte[] text, int start) {
    int depth = 1;
    int i = start + 1;
    while (depth > 0) {
      byte c = text[i++];
      if (c == '"') {
        i = stringEnd(text, i);
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return i;
  }

  private static int numberEnd(byte[] text, int start) {
    int i = start + 1;
    while (text[i] > ' ' && text[i] != ',' && text[i] != '}' && text[i] != ']') {
      i++;
    }
    return i;
  }
}
