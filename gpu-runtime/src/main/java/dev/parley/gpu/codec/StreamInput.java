package dev.parley.gpu.codec;

import java.io.IOException;
import java.io.InputStream;

/** A stream read once, from front to back. */
final class StreamInput implements ByteInput {

  private final InputStream stream;

  StreamInput(InputStream stream) {
    this.stream = stream;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return stream.read(to, offset, length);
  }

  @Override
  public boolean isSeekable() {
    return false;
  }

  @Override
  public void seek(long position) throws IOException {
    throw new IOException("a stream cannot seek");
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
