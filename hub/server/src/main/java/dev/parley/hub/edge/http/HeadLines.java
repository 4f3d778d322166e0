package dev.parley.hub.edge.http;

import io.netty.buffer.ByteBuf;

/**
 * Follows the lines of a head of HTTP/1, or of a body in chunks, through pieces of any size. For
 * one thread; looks at bytes and takes none.
 */
final class HeadLines {

  private static final String VERSION = "HTTP/1.";
  private static final int SPACES = 2;

  /** Bytes of the line so far, one CR at its end included; counts no further than 2. */
  private int size;

  private boolean endsWithCr;
  private boolean inRequestLine = true;
  private int spaces;
  private boolean afterSpace;
  private int versionBytes;
  private boolean odd;

  /** A line begins that is the first of something. */
  void begin() {
    line();
    inRequestLine = true;
    spaces = 0;
    afterSpace = false;
    versionBytes = 0;
  }

  private void line() {
    size = 0;
    endsWithCr = false;
  }

  /** Whether a byte was found that no plain head has; what it is part of is beyond help. */
  boolean odd() {
    return odd;
  }

  /** How many of the bytes belong to this head and are plain; the end of the head is an end. */
  int throughHead(ByteBuf bytes) {
    int start = bytes.readerIndex();
    int end = bytes.writerIndex();
    int at = start;
    while (at < end) {
      byte next = bytes.getByte(at);
      if ((size == 0 && (next == ' ' || next == '\t')) || (inRequestLine && !fits(next))) {
        odd = true;
        return at - start;
      }
      if (!inRequestLine && next != '\n') {
        // What stands within a header line is for the decoder to judge.
        int feed = bytes.indexOf(at, end, (byte) '\n');
        at = add(bytes, at, feed < 0 ? end : feed);
        continue;
      }
      at++;
      if (next != '\n') {
        add(next);
      } else if (isEmpty()) {
        begin();
        return at - start;
      } else {
        inRequestLine = false;
        line();
      }
    }
    return at - start;
  }

  /** How many of the bytes come before the end of the next empty line, that one included. */
  int throughEmptyLine(ByteBuf bytes) {
    int start = bytes.readerIndex();
    int end = bytes.writerIndex();
    int at = start;
    while (at < end) {
      int feed = bytes.indexOf(at, end, (byte) '\n');
      at = add(bytes, at, feed < 0 ? end : feed);
      if (feed >= 0) {
        boolean empty = isEmpty();
        line();
        at++;
        if (empty) {
          break;
        }
      }
    }
    return at - start;
  }

  private boolean isEmpty() {
    return size == 0 || (size == 1 && endsWithCr);
  }

  private int add(ByteBuf bytes, int from, int to) {
    if (to > from) {
      size = Math.min(2, size + Math.min(2, to - from));
      endsWithCr = bytes.getByte(to - 1) == '\r';
    }
    return to;
  }

  private void add(byte next) {
    size = Math.min(2, size + 1);
    endsWithCr = next == '\r';
  }

  /** Whether the request line, or an empty one before it, may go on with this. */
  private boolean fits(byte next) {
    if (endsWithCr) {
      return next == '\n' && (size == 1 || isWhole());
    }
    return switch (next) {
      case '\n', '\r' -> size == 0 || isWhole();
      case ' ' -> {
        boolean good = !afterSpace && spaces < SPACES;
        spaces++;
        afterSpace = true;
        yield good;
      }
      case '\t', 0x0b, '\f' -> false;
      default -> {
        afterSpace = false;
        yield spaces < SPACES || isVersion(next);
      }
    };
  }

  private boolean isVersion(byte next) {
    int place = versionBytes++;
    return place < VERSION.length()
        ? next == VERSION.charAt(place)
        : place == VERSION.length() && (next == '0' || next == '1');
  }

  private boolean isWhole() {
    return versionBytes == VERSION.length() + 1;
  }
}
