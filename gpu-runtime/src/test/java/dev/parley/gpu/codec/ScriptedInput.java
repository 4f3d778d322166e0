package dev.parley.gpu.codec;

import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Bytes that come in odd pieces, that may end in a failure, and that are watched. */
final class ScriptedInput implements ByteInput {

  private final byte[] bytes;
  private final boolean isSeekable;
  private int stepMax = Integer.MAX_VALUE;
  private @Nullable RandomGenerator random;
  private int failAt = Integer.MAX_VALUE;
  private @Nullable Throwable failure;
  private int at;
  private int furthest;
  private boolean closed;

  ScriptedInput(byte[] bytes, boolean isSeekable) {
    this.bytes = bytes;
    this.isSeekable = isSeekable;
  }

  /** Gives 1 to {@code stepMax} bytes a read. */
  ScriptedInput inPieces(int stepMax, RandomGenerator random) {
    this.stepMax = stepMax;
    this.random = random;
    return this;
  }

  /** Throws instead of reading the byte at {@code failAt}. */
  ScriptedInput failing(int failAt, Throwable failure) {
    this.failAt = failAt;
    this.failure = failure;
    return this;
  }

  int furthest() {
    return furthest;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (at >= failAt) {
      throwFailure();
    }
    int end = Math.min(bytes.length, failAt);
    int wanted = random == null ? length : Math.min(length, random.nextInt(1, stepMax + 1));
    int count = Math.min(wanted, end - at);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, at, to, offset, count);
    at += count;
    furthest = Math.max(furthest, at);
    return count;
  }

  private void throwFailure() throws IOException {
    switch (failure) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException("no failure is scripted");
    }
  }

  @Override
  public boolean isSeekable() {
    return isSeekable;
  }

  @Override
  public void seek(long position) throws IOException {
    if (!isSeekable) {
      throw new IOException("not seekable");
    }
    at = (int) Math.min(position, bytes.length);
  }

  @Override
  public long size() {
    return isSeekable ? bytes.length : -1;
  }

  @Override
  public void close() {
    closed = true;
  }
}
