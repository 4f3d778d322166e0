package dev.parley.hub.bench.http;

/**
 * Cuts HTTP/1.1 messages out of the bytes of one connection, requests and answers alike. A message
 * without a length has no body. Not safe for use by several threads.
 */
public final class MessageReader {

  /** What was found; each message is a head, any number of pieces of body, and an end. */
  public interface Sink {
    /** The head lies in {@code bytes[0, length)} until this returns. */
    void head(byte[] bytes, int length);

    /** A piece of the body lies in {@code bytes[from, to)} until this returns. */
    void body(byte[] bytes, int from, int to);

    /** The message is whole. */
    void end();
  }

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private static final int HEAD_BYTES_MAX = 16 * 1024;

  private final Sink sink;
  private final byte[] head = new byte[HEAD_BYTES_MAX];
  private int headLength;
  private State state = State.HEAD;
  private long left;
  private boolean sizeEnded;
  private int trailerLine;

  public MessageReader(Sink sink) {
    this.sink = sink;
  }

  /**
   * Reads {@code bytes[from, to)}.
   *
   * @throws IllegalStateException when it is not HTTP or its head is over 16 KiB
   */
  public void feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at =
          switch (state) {
            case HEAD -> head(bytes, at, to);
            case BODY, CHUNK -> body(bytes, at, to);
            case CHUNK_SIZE -> chunkSize(bytes[at], at);
            case CHUNK_END -> chunkEnd(bytes[at], at);
            case TRAILER -> trailer(bytes[at], at);
          };
    }
  }

  private int head(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (headLength == HEAD_BYTES_MAX) {
        throw new IllegalStateException("a head of more than " + HEAD_BYTES_MAX + " bytes");
      }
      byte b = bytes[at];
      head[headLength++] = b;
      if (b == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
        int length = headLength;
        headLength = 0;
        begin(length);
        return at + 1;
      }
    }
    return to;
  }

  private void begin(int length) {
    left = 0;
    State body = State.BODY;
    for (int line = Heads.nextLine(head, 0, length); line < length; ) {
      if (Heads.startsWith(head, line, length, "content-length:")) {
        left = Heads.number(head, line + "content-length:".length(), length);
      } else if (Heads.startsWith(head, line, length, "transfer-encoding:")) {
        body = State.CHUNK_SIZE;
      }
      line = Heads.nextLine(head, line, length);
    }
    sink.head(head, length);
    state = body;
    sizeEnded = false;
    if (body == State.BODY && left == 0) {
      over();
    }
  }

  private int body(byte[] bytes, int from, int to) {
    int end = (int) Math.min(to, from + left);
    left -= end - from;
    sink.body(bytes, from, end);
    if (left == 0) {
      if (state == State.CHUNK) {
        state = State.CHUNK_END;
      } else {
        over();
      }
    }
    return end;
  }

  private int chunkSize(byte b, int at) {
    if (b == '\n') {
      state = left == 0 ? State.TRAILER : State.CHUNK;
      trailerLine = 0;
      sizeEnded = false;
    } else if (!sizeEnded) {
      int digit = Character.digit(b, 16);
      sizeEnded = digit < 0;
      left = sizeEnded ? left : left * 16 + digit;
    }
    return at + 1;
  }

  private int chunkEnd(byte b, int at) {
    if (b == '\n') {
      state = State.CHUNK_SIZE;
      left = 0;
    }
    return at + 1;
  }

  private int trailer(byte b, int at) {
    if (b == '\n') {
      if (trailerLine == 0) {
        over();
      }
      trailerLine = 0;
    } else if (b != '\r') {
      trailerLine++;
    }
    return at + 1;
  }

  private void over() {
    state = State.HEAD;
    sink.end();
  }
}
