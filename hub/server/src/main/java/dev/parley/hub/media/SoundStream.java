package dev.parley.hub.media;

import dev.parley.gpu.codec.ByteInput;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a sound for those who do not decode them. */
final class SoundStream extends InputStream {

  private final ByteInput bytes;

  SoundStream(ByteInput bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return length == 0 ? 0 : bytes.read(to, offset, length);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
