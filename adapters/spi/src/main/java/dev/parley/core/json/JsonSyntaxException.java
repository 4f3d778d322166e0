package dev.parley.core.json;

/// The bytes are not a JSON text, or one beyond the limits. The message shows at most one character
/// of the text, escaped, and so may be logged and returned to the caller.
public final class JsonSyntaxException extends RuntimeException {

  private final int offset;
  private final int line;
  private final int column;
  private final String problem;

  private JsonSyntaxException(int offset, int line, int column, String problem) {
    super("line " + line + ", column " + column + ": " + problem);
    this.offset = offset;
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /// Finds line and column only now, so that good text never pays for counting them.
  static JsonSyntaxException at(byte[] text, int from, int position, String problem) {
    int line = 1;
    int column = 1;
    for (int i = from; i < position; i++) {
      if (text[i] == '\n') {
        line++;
        column = 1;
      } else if ((text[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    return new JsonSyntaxException(position - from, line, column, problem);
  }

  /// Bytes between the start of the parsed text and the mistake, 0-based.
  public int offset() {
    return offset;
  }

  /// Line of the mistake, 1-based; lines end with a line feed.
  public int line() {
    return line;
  }

  /// Column of the mistake in characters (code points), 1-based.
  public int column() {
    return column;
  }

  /// What is wrong, without the position.
  public String problem() {
    return problem;
  }
}
