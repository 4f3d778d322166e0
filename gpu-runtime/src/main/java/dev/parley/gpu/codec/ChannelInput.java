package dev.parley.gpu.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open file. */
final class ChannelInput implements ByteInput {

  private final FileChannel channel;

  ChannelInput(FileChannel channel) {
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
