package dev.parley.gpu.codec;

/** Bytes in memory. */
final class ArrayInput implements ByteInput {

  private final byte[] bytes;
  private int at;

  ArrayInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** How many bytes were read. */
  int position() {
    return at;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    int count = Math.min(length, bytes.length - at);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, at, to, offset, count);
    at += count;
    return count;
  }

  @Override
  public boolean isSeekable() {
    return true;
  }

  @Override
  public void seek(long position) {
    at = (int) Math.clamp(position, 0, (long) bytes.length);
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void close() {}
}
