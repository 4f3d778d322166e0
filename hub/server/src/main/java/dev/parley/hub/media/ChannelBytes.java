package dev.parley.hub.media;

import dev.parley.gpu.codec.ByteInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file of the store as a decoder reads it. */
final class ChannelBytes implements ByteInput {

  private final SeekableByteChannel channel;

  ChannelBytes(SeekableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(to, offset, length));
  }

  @Override
  public boolean isSeekable() {
    return true;
  }

  @Override
  public void seek(long position) throws IOException {
    channel.position(position);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
