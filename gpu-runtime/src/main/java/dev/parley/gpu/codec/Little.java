package dev.parley.gpu.codec;

import java.io.EOFException;
import java.io.IOException;

/** Little-endian numbers from an input; every call ends with {@link EOFException} at its end. */
final class Little {

  private final ByteInput in;
  private final byte[] scratch = new byte[4_096];

  Little(ByteInput in) {
    this.in = in;
  }

  int int16() throws IOException {
    fill(2);
    return (scratch[0] & 255) | ((scratch[1] & 255) << 8);
  }

  int int32() throws IOException {
    fill(4);
    return at(0);
  }

  long int64() throws IOException {
    fill(8);
    return (at(0) & 0xFFFF_FFFFL) | ((long) at(4) << 32);
  }

  void skip(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      int count = in.read(scratch, 0, (int) Math.min(left, scratch.length));
      if (count < 0) {
        throw new EOFException();
      }
      left -= count;
    }
  }

  private int at(int i) {
    return (scratch[i] & 255)
        | ((scratch[i + 1] & 255) << 8)
        | ((scratch[i + 2] & 255) << 16)
        | (scratch[i + 3] << 24);
  }

  private void fill(int bytes) throws IOException {
    for (int have = 0; have < bytes; ) {
      int count = in.read(scratch, have, bytes - have);
      if (count < 0) {
        throw new EOFException();
      }
      have += count;
    }
  }
}
