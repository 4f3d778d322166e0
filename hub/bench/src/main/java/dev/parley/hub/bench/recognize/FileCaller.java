package dev.parley.hub.bench.recognize;

import dev.parley.hub.bench.http.Heads;
import dev.parley.hub.bench.http.Loops;
import dev.parley.hub.bench.http.MessageReader;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends whole requests over a connection of its own, one at a time. Thread-safe. */
final class FileCaller extends ChannelInboundHandlerAdapter
    implements MessageReader.Sink, AutoCloseable {

  private static final int OK = 200;
  private static final int BODY_BYTES_MAX = 16 << 20;

  /**
   * What came back.
   *
   * @param good whether it was answered whole and well
   * @param nanos from the request to the end of the answer
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Answer(boolean good, long nanos, byte[] body) {

    double millis() {
      return nanos / 1e6;
    }
  }

  private final MessageReader reader = new MessageReader(this);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Channel channel;
  private byte[] scratch = new byte[16 * 1024];
  private @Nullable CompletableFuture<Answer> asked;
  private long startNanos;
  private int status;

  private FileCaller(EventLoopGroup loop, int port) {
    this.channel =
        new Bootstrap()
            .group(loop)
            .channel(Loops.connection())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel socket) {}
                })
            .connect("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
  }

  /** Connects, waiting for it. */
  static FileCaller open(EventLoopGroup loop, int port) {
    FileCaller caller = new FileCaller(loop, port);
    caller.channel.pipeline().addLast(caller);
    return caller;
  }

  /** Sends a request, head and body, that is not changed any more; the future does not fail. */
  CompletableFuture<Answer> send(byte[] request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    ByteBuf bytes = Unpooled.wrappedBuffer(request);
    channel
        .eventLoop()
        .execute(() -> {
          asked = answer;
          body.reset();
          startNanos = System.nanoTime();
          if (channel.isActive()) {
            var _ = channel.writeAndFlush(bytes);
          } else {
            bytes.release();
            over(false);
          }
        });
    return answer;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
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
  public void head(byte[] bytes, int length) {
    status = Heads.status(bytes, length);
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    if (body.size() + to - from > BODY_BYTES_MAX) {
      throw new IllegalStateException("an answer of more than " + BODY_BYTES_MAX + " bytes");
    }
    body.write(bytes, from, to - from);
  }

  @Override
  public void end() {
    over(status == OK);
  }

  private void over(boolean good) {
    CompletableFuture<Answer> answer = asked;
    if (answer != null) {
      asked = null;
      answer.complete(new Answer(good, System.nanoTime() - startNanos, body.toByteArray()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over(false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  @Override
  public void close() {
    var _ = channel.close().syncUninterruptibly();
  }
}
