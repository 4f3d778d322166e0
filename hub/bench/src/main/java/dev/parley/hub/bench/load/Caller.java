package dev.parley.hub.bench.load;

import dev.parley.hub.bench.http.Heads;
import dev.parley.hub.bench.http.MessageReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** One connection of the load: sends its request, takes the answer in, and sends it again. */
abstract class Caller extends ChannelInboundHandlerAdapter implements MessageReader.Sink {

  private static final int OK = 200;

  private final MessageReader reader = new MessageReader(this);
  private final ByteBuf request;
  private final Tally tally;
  private @Nullable ChannelHandlerContext ctx;
  private byte[] scratch = new byte[4096];
  private int status;
  private boolean done;
  private long sentNanos;
  private long readNanos;

  Caller(byte[] request, Tally tally) {
    this.request = Unpooled.directBuffer(request.length).writeBytes(request);
    this.tally = tally;
  }

  final Tally tally() {
    return tally;
  }

  /** When the bytes in hand were read. */
  final long readNanos() {
    return readNanos;
  }

  final long sinceRequest() {
    return readNanos - sentNanos;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    ctx = null;
    request.release();
  }

  /** Sends the first request. */
  final void begin() {
    next(System.nanoTime());
  }

  private void next(long now) {
    ChannelHandlerContext to = ctx;
    if (done || to == null) {
      return;
    }
    if (!tally.takeRequest(now)) {
      over();
      return;
    }
    requested();
    sentNanos = System.nanoTime();
    var _ = to.writeAndFlush(request.retainedDuplicate(), to.voidPromise());
  }

  private void over() {
    done = true;
    tally.connectionDone();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      readNanos = System.nanoTime();
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
  public final void head(byte[] bytes, int length) {
    status = Heads.status(bytes, length);
  }

  @Override
  public final void end() {
    if (status == OK) {
      answered();
    } else {
      tally.failed();
    }
    next(readNanos);
  }

  /** A request is about to be sent. */
  abstract void requested();

  /** Its answer is whole, with status 200. */
  abstract void answered();

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!done) {
      tally.failed();
      over();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
