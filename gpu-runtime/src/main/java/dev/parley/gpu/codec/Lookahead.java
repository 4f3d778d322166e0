package dev.parley.gpu.codec;

import java.io.IOException;
import java.util.Arrays;

/**
 * An input whose first bytes can be looked at before they are read: what an input is must be known
 * before anybody reads it. Looking waits only for as many bytes as were asked for. The last bytes
 * read are kept, so that even an input that cannot seek takes small steps back, which readers of
 * containers make.
 */
final class Lookahead implements ByteInput {

  private static final int FIRST_BYTES = 8 << 10;
  private static final int KEPT_BYTES = 32 << 10;
  private static final int BYTES_MAX = 64 << 10;

  private final ByteInput in;
  private byte[] bytes = new byte[FIRST_BYTES];

  /** Where in the input {@code bytes} begin; the input itself stands behind what is filled. */
  private long base;

  private int filled;
  private int at;
  private boolean ended;
  private boolean direct;

  Lookahead(ByteInput in) {
    this.in = in;
  }

  /**
   * Tries to have the first {@code count} bytes; gives how many there are, which may be more. To be
   * called before anything is read.
   */
  int peek(int count) throws IOException {
    if (count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(count, bytes.length * 2));
    }
    while (filled < count && fill()) {}
    return filled;
  }

  /** The bytes that were looked at; valid up to what {@link #peek} gave. */
  byte[] head() {
    return bytes;
  }

  /** How many bytes have been read, from where the input was given. */
  long position() {
    return base + at;
  }

  /** From here on keeps nothing, for readers that never step back. */
  void keepNothing() {
    direct = true;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (at == filled) {
      if (direct) {
        return in.read(to, offset, length);
      }
      makeRoom();
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, filled - at);
    System.arraycopy(bytes, at, to, offset, count);
    at += count;
    return count;
  }

  private void makeRoom() {
    if (filled < bytes.length) {
      return;
    }
    if (bytes.length < BYTES_MAX) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
      return;
    }
    int gone = filled - KEPT_BYTES;
    System.arraycopy(bytes, gone, bytes, 0, KEPT_BYTES);
    base += gone;
    filled = KEPT_BYTES;
    at = KEPT_BYTES;
  }

  private boolean fill() throws IOException {
    int count = ended ? -1 : in.read(bytes, filled, bytes.length - filled);
    ended = count < 0;
    filled += Math.max(count, 0);
    return !ended;
  }

  @Override
  public boolean isSeekable() {
    return in.isSeekable();
  }

  /** Whether {@link #seek} works for this position. */
  boolean reaches(long position) {
    return in.isSeekable() || (position >= base && position <= base + filled);
  }

  @Override
  public void seek(long position) throws IOException {
    if (position >= base && position <= base + filled) {
      at = (int) (position - base);
      return;
    }
    in.seek(position);
    base = position;
    filled = 0;
    at = 0;
    ended = false;
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
