package dev.parley.hub.bench.fake;

import dev.parley.hub.bench.http.MessageReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection to a backend: reads requests one behind the other. */
abstract class Connection extends ChannelInboundHandlerAdapter implements MessageReader.Sink {

  private static final int BODY_BYTES_MAX = 1 << 20;

  private final MessageReader reader = new MessageReader(this);
  private @Nullable ChannelHandlerContext ctx;
  private byte[] scratch = new byte[4096];
  private byte[] body = new byte[1024];
  private int length;

  /** A request's head lies in {@code head[0, headLength)} until this returns. */
  abstract void asked(byte[] head, int headLength);

  /**
   * The request is whole; its body lies in {@code bytes[0, size)} until this returns, unless it was
   * of no interest.
   */
  abstract void answer(ChannelHandlerContext to, byte[] bytes, int size);

  /** Whether bodies are of interest only by their length, which then has no bound. */
  boolean isForgetful() {
    return false;
  }

  @Override
  public final void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public final void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      int size = in.readableBytes();
      if (size > scratch.length) {
        scratch = new byte[size];
      }
      in.readBytes(scratch, 0, size);
      reader.feed(scratch, 0, size);
    } finally {
      in.release();
    }
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public final void head(byte[] head, int headLength) {
    length = 0;
    asked(head, headLength);
  }

  @Override
  public final void body(byte[] bytes, int from, int to) {
    int more = to - from;
    if (isForgetful()) {
      length = Math.addExact(length, more);
      return;
    }
    if (length + more > BODY_BYTES_MAX) {
      throw new IllegalStateException("a request of more than " + BODY_BYTES_MAX + " bytes");
    }
    if (length + more > body.length) {
      body = Arrays.copyOf(body, (length + more) * 2);
    }
    System.arraycopy(bytes, from, body, length, more);
    length += more;
  }

  @Override
  public final void end() {
    ChannelHandlerContext to = ctx;
    if (to != null) {
      answer(to, body, length);
    }
  }

  /** The caller went away, or speaks something else: nobody is told, the connection ends. */
  @Override
  public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
