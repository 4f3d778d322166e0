package dev.parley.gpu.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes that a decoder reads, perhaps while they arrive. For one thread at a time. What it
 * throws comes out of the decoder unchanged.
 */
public interface ByteInput extends AutoCloseable {

  /**
   * Waits for at least one byte and reads up to {@code length}, which is at least 1.
   *
   * @return how many were read, -1 at the end
   */
  int read(byte[] to, int offset, int length) throws IOException;

  /** Whether {@link #seek} works. */
  boolean isSeekable();

  /** Goes on from {@code position}, counted in bytes from the start; behind the end all is over. */
  void seek(long position) throws IOException;

  /** All bytes from the start, -1 if that is not known. */
  long size() throws IOException;

  @Override
  void close() throws IOException;

  /** Bytes in memory, which must not change; seekable. */
  static ByteInput of(byte[] bytes) {
    return new ArrayInput(bytes);
  }

  /** A stream, which is closed with the input; not seekable. */
  static ByteInput of(InputStream stream) {
    return new StreamInput(stream);
  }

  /** An open file, which is closed with the input; seekable. */
  static ByteInput of(FileChannel channel) {
    return new ChannelInput(channel);
  }

  /** A file; seekable. */
  static ByteInput of(Path file) throws IOException {
    return new ChannelInput(FileChannel.open(file, StandardOpenOption.READ));
  }
}
