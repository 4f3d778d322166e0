package dev.parley.core.json;

/// What a JSON value is, as its first byte tells.
public enum JsonKind {
  OBJECT,
  ARRAY,
  STRING,
  NUMBER,
  TRUE,
  FALSE,
  NULL;

  /// The kind of checked text that starts with this byte.
  static JsonKind startingWith(byte first) {
    return switch (first) {
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case '"' -> STRING;
      case 't' -> TRUE;
      case 'f' -> FALSE;
      case 'n' -> NULL;
      default -> NUMBER;
    };
  }
}
