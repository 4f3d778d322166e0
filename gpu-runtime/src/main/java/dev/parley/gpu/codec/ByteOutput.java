package dev.parley.gpu.codec;

import java.io.IOException;

/** Where an encoder puts its bytes, in order. What it throws comes out of the encoder unchanged. */
@FunctionalInterface
public interface ByteOutput {

  /** Takes {@code length} bytes; the array is used again once this returns. */
  void write(byte[] from, int offset, int length) throws IOException;
}
