package dev.parley.hub.bench.codec;

import dev.parley.gpu.codec.ByteInput;
import java.io.IOException;
import java.util.SplittableRandom;

/** A file that comes in pieces, as from a network, with or without a way back. */
final class PiecewiseInput implements ByteInput {

  private final byte[] bytes;
  private final boolean isSeekable;
  private final int pieceMax;
  private final SplittableRandom random;
  private int at;

  PiecewiseInput(byte[] bytes, SplittableRandom random) {
    this.bytes = bytes;
    this.random = random;
    this.isSeekable = random.nextBoolean();
    this.pieceMax = 1 << random.nextInt(3, 15);
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    int count = Math.min(Math.min(length, bytes.length - at), random.nextInt(1, pieceMax + 1));
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, at, to, offset, count);
    at += count;
    return count;
  }

  @Override
  public boolean isSeekable() {
    return isSeekable;
  }

  @Override
  public void seek(long position) throws IOException {
    if (!isSeekable) {
      throw new IOException("the decoder seeks where it must not");
    }
    at = (int) Math.min(position, bytes.length);
  }

  @Override
  public long size() {
    return isSeekable ? bytes.length : -1;
  }

  @Override
  public void close() {}
}
