package dev.parley.hub.bench.speech;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.hub.bench.http.EventCutter;
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
import org.jspecify.annotations.Nullable;

/** Has texts spoken over HTTP/1.1. What it reads belongs to the connection's event loop. */
final class HttpCaller extends ChannelInboundHandlerAdapter
    implements Caller, MessageReader.Sink, EventCutter.Sink {

  private static final int OK = 200;
  private static final byte[] AUDIO = "\"audio\":\"".getBytes(US_ASCII);

  /** A request that was not answered yet. */
  private record Asked(Call call, Ear ear) {}

  private final Way.Content content;
  private final String format;
  private final MessageReader reader = new MessageReader(this);
  private final EventCutter events = new EventCutter(this);
  private final Channel channel;
  private byte[] scratch = new byte[16 * 1024];
  private @Nullable Asked asked;
  private int status;
  private long readNanos;

  private HttpCaller(EventLoopGroup loop, int port, Way.Content content, String format) {
    this.content = content;
    this.format = format;
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
  static HttpCaller open(EventLoopGroup loop, int port, Way.Content content, String format) {
    HttpCaller caller = new HttpCaller(loop, port, content, format);
    caller.channel.pipeline().addLast(caller);
    return caller;
  }

  @Override
  public Call speak(String model, String text) {
    ByteBuf request = Unpooled.wrappedBuffer(request(model, text));
    Call call = new Call();
    channel
        .eventLoop()
        .execute(() -> {
          asked = new Asked(call, new Ear(System.nanoTime()));
          if (channel.isActive()) {
            var _ = channel.writeAndFlush(request);
          } else {
            request.release();
            over(false);
          }
        });
    return call;
  }

  private byte[] request(String model, String text) {
    String body =
        "{\"model\":\""
            + model
            + "\",\"input\":\""
            + text
            + "\",\"voice\":\"alloy\",\"response_format\":\""
            + format
            + (content == Way.Content.EVENTS ? "\",\"stream_format\":\"sse\"}" : "\"}");
    return ("POST /v1/audio/speech HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json"
            + "\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(UTF_8);
  }

  @Override
  public long leave() {
    long now = System.nanoTime();
    var _ = channel.close();
    return now;
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
  public void head(byte[] bytes, int length) {
    status = Heads.status(bytes, length);
  }

  @Override
  public void body(byte[] bytes, int from, int to) {
    Asked now = asked;
    if (now == null || status != OK) {
      return;
    }
    switch (content) {
      case SAMPLES -> heard(now, now.ear().samples(readNanos, to - from));
      case CODED -> heard(now, now.ear().coded(readNanos));
      case EVENTS -> events.feed(bytes, from, to);
    }
  }

  @Override
  public void event(byte[] bytes, int length) {
    Asked now = asked;
    int at = Heads.find(bytes, length, AUDIO);
    if (now == null || at < 0) {
      return;
    }
    int from = at + AUDIO.length;
    int end = from;
    while (end < length && bytes[end] != '"' && bytes[end] != '=') {
      end++;
    }
    heard(now, now.ear().samples(readNanos, (end - from) * 3L / 4));
  }

  private static void heard(Asked now, boolean first) {
    if (first) {
      now.call().first().complete(null);
    }
  }

  @Override
  public void end() {
    over(status == OK);
  }

  private void over(boolean good) {
    Asked now = asked;
    if (now != null) {
      asked = null;
      now.call().over(now.ear().ended(System.nanoTime(), good));
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
