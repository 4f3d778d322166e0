package dev.parley.adapters.speech;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of WAV files, one behind the other, or of bare samples, and gives the samples
 * only. Headers may be cut anywhere. A {@code data} chunk of size 0 or 0xFFFFFFFF lasts until a
 * piece starts with the next header. One stream each, for one thread.
 */
public final class WavStripper {

  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_BYTES = 8;
  private static final long UNKNOWN = Long.MAX_VALUE;

  private enum State {
    /** A header or bare samples: not known yet. */
    START,
    /** Bare samples up to the end of this piece. */
    BARE,
    /** The head of a chunk inside a file. */
    CHUNK,
    /** A chunk that is no data, or the padding behind one. */
    SKIP,
    DATA
  }

  private final byte[] head = new byte[RIFF_BYTES];
  private int headBytes;
  private State state = State.START;
  private long left;
  private long fileLeft;
  private boolean padded;
  private boolean dataSeen;

  /** The samples in the next piece; empty when it has none. */
  public byte[] strip(byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(piece.length);
    if (isRiff(piece)) {
      out.writeBytes(end());
      state = State.START;
    } else if (state == State.BARE) {
      state = State.START;
    }
    int i = 0;
    while (i < piece.length) {
      i =
          switch (state) {
            case START -> start(piece, i, out);
            case BARE -> copy(piece, i, piece.length - i, out);
            case CHUNK -> chunk(piece, i);
            case SKIP -> pass(piece, i, null);
            case DATA -> pass(piece, i, out);
          };
    }
    return out.toByteArray();
  }

  /** What was held back as the possible start of a header that never came. */
  public byte[] end() {
    byte[] rest = Arrays.copyOf(head, state == State.START ? headBytes : 0);
    headBytes = 0;
    return rest;
  }

  private int start(byte[] piece, int from, ByteArrayOutputStream out) {
    int i = from;
    while (i < piece.length && headBytes < RIFF_BYTES) {
      if (!fits(headBytes, piece[i])) {
        out.write(head, 0, headBytes);
        headBytes = 0;
        state = State.BARE;
        return i;
      }
      head[headBytes++] = piece[i++];
    }
    if (headBytes == RIFF_BYTES) {
      long size = little(head, 4);
      fileLeft = isUnknown(size) ? UNKNOWN : size - 4;
      headBytes = 0;
      dataSeen = false;
      state = State.CHUNK;
    }
    return i;
  }

  private int chunk(byte[] piece, int from) {
    int i = from;
    while (i < piece.length && headBytes < CHUNK_BYTES) {
      head[headBytes++] = piece[i++];
    }
    if (headBytes == CHUNK_BYTES) {
      headBytes = 0;
      long size = little(head, 4);
      boolean data = head[0] == 'd' && head[1] == 'a' && head[2] == 't' && head[3] == 'a';
      consume(CHUNK_BYTES);
      if (data) {
        left = isUnknown(size) ? UNKNOWN : size;
        padded = (size & 1) == 1;
        dataSeen = true;
        state = State.DATA;
      } else {
        skip(size + (size & 1));
      }
    }
    return i;
  }

  /** A chunk of odd size is followed by a byte that belongs to nothing. */
  private int pass(byte[] piece, int from, @Nullable ByteArrayOutputStream out) {
    int count = (int) Math.min(left, piece.length - from);
    if (out != null) {
      out.write(piece, from, count);
    }
    if (left != UNKNOWN) {
      left -= count;
      consume(count);
      if (left == 0) {
        boolean skipsPadding = state == State.DATA && padded && fileLeft > 0;
        skip(skipsPadding ? 1 : 0);
      }
    }
    return from + count;
  }

  private static int copy(byte[] piece, int from, int count, ByteArrayOutputStream out) {
    out.write(piece, from, count);
    return from + count;
  }

  private void skip(long bytes) {
    left = bytes;
    if (bytes > 0) {
      state = State.SKIP;
    } else {
      boolean more = fileLeft >= CHUNK_BYTES && fileLeft != UNKNOWN;
      state = more || !dataSeen ? State.CHUNK : State.START;
    }
  }

  private void consume(long bytes) {
    if (fileLeft != UNKNOWN) {
      fileLeft = Math.max(0, fileLeft - bytes);
    }
  }

  /** Whether a byte can stand at that place of {@code RIFF....WAVE}. */
  private static boolean fits(int place, byte value) {
    return (place >= 4 && place < 8) || "RIFF....WAVE".charAt(place) == value;
  }

  private static boolean isRiff(byte[] piece) {
    if (piece.length < RIFF_BYTES) {
      return false;
    }
    for (int i = 0; i < RIFF_BYTES; i++) {
      if (!fits(i, piece[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnknown(long size) {
    return size == 0 || size == 0xFFFFFFFFL;
  }

  private static long little(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL)
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 3] & 0xFFL) << 24;
  }
}
