package dev.parley.gpu.codec;

import java.io.IOException;
import java.util.Arrays;

/**
 * An input whose first bytes can be looked at before they are read: what an input is must be known
 * before anybody reads it. Looking waits only for as many bytes as were asked for.
 */
final class Lookahead implements ByteInput {

  private static final int STEP = 8 << 10;

  private final ByteInput in;
  private byte[] head = new byte[STEP];
  private int filled;
  private int at;
  private boolean ended;
  private long position;

  Lookahead(ByteInput in) {
    this.in = in;
  }

  /** Tries to have the first {@code count} bytes; gives how many there are, which may be more. */
  int peek(int count) throws IOException {
    if (count > head.length) {
      head = Arrays.copyOf(head, Math.max(count, head.length * 2));
    }
    while (filled < count && !ended) {
      int read = in.read(head, filled, head.length - filled);
      if (read < 0) {
        ended = true;
      } else {
        filled += read;
      }
    }
    return filled;
  }

  /** The bytes that were looked at; valid up to what {@link #peek} gave. */
  byte[] head() {
    return head;
  }

  /** How many bytes have been read so far; for an input that was not told to seek. */
  long position() {
    return position;
  }

  /** Reads from the start again; allowed until more than was looked at has been read. */
  void rewind() {
    at = 0;
    position = 0;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (at < filled) {
      int count = Math.min(length, filled - at);
      System.arraycopy(head, at, to, offset, count);
      at += count;
      position += count;
      return count;
    }
    int count = ended && !in.isSeekable() ? -1 : in.read(to, offset, length);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public boolean isSeekable() {
    return in.isSeekable();
  }

  @Override
  public void seek(long target) throws IOException {
    position = target;
    if (target < filled) {
      at = (int) target;
      in.seek(filled);
    } else {
      at = filled;
      in.seek(target);
    }
  }

  @Override
  public long size() throws IOException {
    return in.size();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
